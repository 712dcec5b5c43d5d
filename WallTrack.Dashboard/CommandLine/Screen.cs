using System.Globalization;
using Spectre.Console;
using WallTrack.Comparison;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;

namespace WallTrack.Dashboard.CommandLine;

/// <summary>
/// What a verb shows: results on standard output; progress and remarks on standard error, live on a terminal and as
/// plain lines elsewhere.
/// </summary>
internal sealed class Screen
{
    private static readonly Metric[] Columns =
    [
        Metric.TotalPnl, Metric.TotalReturn, Metric.MaxDrawdown, Metric.TotalTrades, Metric.WinRate, Metric.ProfitFactor, Metric.Sharpe, Metric.AverageHold,
    ];

    private readonly IAnsiConsole _results = On(Console.Out, Console.IsOutputRedirected);
    private readonly IAnsiConsole _remarks = On(Console.Error, Console.IsErrorRedirected);

    public Screen()
    {
        if (Console.IsOutputRedirected)
        {
            _results.Profile.Width = 220; // whoever reads a file has no right margin
        }

        if (Console.IsErrorRedirected)
        {
            _remarks.Profile.Width = int.MaxValue;
        }
    }

    public void Say(string sentence) => _remarks.WriteLine(sentence);

    public void Warn(string sentence) => _remarks.WriteLine(sentence, new(Color.Yellow));

    /// <summary>A result, for standard output.</summary>
    public void Print(string sentence) => _results.WriteLine(sentence);

    /// <summary>Runs an import, with a bar on a terminal and a line every ten seconds elsewhere.</summary>
    public async Task<ImportRecord> WithImportProgressAsync(string what, Func<IProgress<ImportProgress>, Task<ImportRecord>> import)
    {
        if (Console.IsErrorRedirected)
        {
            return await import(new ImportLines(what, Say));
        }

        return await _remarks.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => import(new ImportBar(what, context.AddTask(Markup.Escape(what)))));
    }

    public T WithStatus<T>(string doing, Func<T> work) =>
        Console.IsErrorRedirected ? work() : _remarks.Status().Start(Markup.Escape(doing) + " …", _ => work());

    /// <summary>Runs work that reports each scenario it has done.</summary>
    public T WithProgress<T>(int scenarios, Func<IScenarioProgress, T> work)
    {
        if (Console.IsErrorRedirected)
        {
            var lines = new ProgressLines(scenarios, Say);
            return work(lines);
        }

        return _remarks.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new ProgressBar(context.AddTask("", maxValue: scenarios), scenarios)));
    }

    /// <summary>The comparison, best P&amp;L first; what failed or was not reached comes last, with its reason.</summary>
    public void ShowResults(HistoryWindow window, IReadOnlyList<Scenario> scenarios, IReadOnlyList<Outcome?> outcomes)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("#").RightAligned()).AddColumn("Scenario");
        foreach (var metric in Columns)
        {
            table.AddColumn(new TableColumn(metric.Unit switch { MetricUnit.Sol => $"{metric.Label}, SOL", MetricUnit.Hours => $"{metric.Label}, h", _ => metric.Label }).RightAligned());
        }

        table.AddColumn("Signals not traded");
        var rank = 0;
        foreach (var place in Enumerable.Range(0, scenarios.Count).OrderByDescending(place => outcomes[place]?.Replay?.Metrics.TotalPnlSol ?? double.NegativeInfinity))
        {
            table.AddRow(outcomes[place]?.Replay is { } replay
                ? [Number(++rank), Markup.Escape(scenarios[place].Name), .. Columns.Select(metric => metric.Text(replay.Metrics)), Markup.Escape(SkipWords.Of(replay.Skipped))]
                : ["", Markup.Escape(scenarios[place].Name), .. Columns.Select(_ => Metric.Undefined), Markup.Escape(outcomes[place]?.Error ?? "cancelled before it was done")]);
        }

        _results.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{window.Signals.Count:#,0} signals about {window.Signals.TokenAddresses.Length:#,0} tokens from {Instant.Text(window.From)} to {Instant.Text(window.To)}"));
        _results.Write(table);
    }

    private static IAnsiConsole On(TextWriter writer, bool isRedirected) => AnsiConsole.Create(new()
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        ColorSystem = isRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
    });

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
