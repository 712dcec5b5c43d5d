using WallTrack.Batches;

namespace WallTrack.Dashboard.Batches;

/// <summary>A scenario of a batch in the table of results.</summary>
/// <param name="Figures">Null while it has no result.</param>
/// <param name="Place">In the order that was asked for, from 1; null without a result, and when others have pushed it off the page.</param>
public sealed record ResultRow(int Position, string ScenarioName, RunState State, ResultFigures? Figures, int? Place)
{
    public static ResultRow Of(ResultFigures figures, int place) => new(figures.Position, figures.ScenarioName, RunStates.Of(figures.Status), figures, place);

    public static ResultRow Of(UndoneScenario scenario, bool isCancelled) =>
        new(scenario.Position, scenario.ScenarioName, scenario.IsRunning ? RunState.Running : isCancelled ? RunState.Cancelled : RunState.Waiting, null, null);
}

/// <summary>A page of results, and then of what has none yet.</summary>
/// <param name="Count">Of all rows that match.</param>
public sealed record ResultRowPage(IReadOnlyList<ResultRow> Rows, int Count)
{
    public static async Task<ResultRowPage> ReadAsync(BatchSnapshot batch, ResultView view, BatchRunner runner, BatchResults results)
    {
        var query = view.QueryOf(batch.Id);
        var undone = UndonePage.None;
        if (view.ShowsUndone && !batch.IsOver)
        {
            // Before the results: what ends in between is seen twice then, and not nowhere.
            var before = view.OnlyUndone || view.Skip == 0 ? 0 : (await results.PageAsync(query with { Take = 0 })).Count;
            undone = await runner.ListUndoneAsync(batch.Id, view.Name, Math.Max(0, view.Skip - before), ResultView.RowsAPage);
        }

        var page = view.OnlyUndone ? new([], 0) : await results.PageAsync(query);
        var rows = Of(page, undone, view.Skip, batch.Status == BatchStatus.Cancelled);
        return view is { ShowsUndone: true, OnlyUndone: false, Name: "" } ? rows with { Count = batch.Total } : rows; // the two were counted at different moments
    }

    public static ResultRowPage Of(ResultPage page, UndonePage undone, int skip, bool isCancelled = false)
    {
        var done = page.Results.Select(figures => figures.Position).ToHashSet();
        var both = undone.Scenarios.Count(scenario => done.Contains(scenario.Position));
        var rows = page.Results.Select((figures, i) => ResultRow.Of(figures, skip + i + 1))
            .Concat(undone.Scenarios.Where(scenario => !done.Contains(scenario.Position)).Select(scenario => ResultRow.Of(scenario, isCancelled)));
        return new([.. rows.Take(ResultView.RowsAPage)], page.Count + undone.Count - both);
    }
}
