using Spectre.Console;
using WallTrack.Batches;
using WallTrack.History;

namespace WallTrack.Dashboard.CommandLine;

/// <summary>"12 of 40 scenarios done, 1 failed".</summary>
internal static class BatchWords
{
    public static string Of(BatchSnapshot batch) => $"{batch.Done:#,0} of {batch.Total:#,0} scenarios done{(batch.Failed == 0 ? "" : $", {batch.Failed:#,0} failed")}";
}

/// <summary>Hears of each state of a batch.</summary>
internal interface IBatchProgress
{
    void Show(BatchSnapshot batch);
}

/// <summary>A bar on a terminal.</summary>
internal sealed class BatchBar(ProgressTask task) : IBatchProgress
{
    public void Show(BatchSnapshot batch)
    {
        task.MaxValue = batch.Total;
        task.Value = batch.Done;
        task.Description = Markup.Escape(batch.Trouble ?? BatchWords.Of(batch) + (batch.IsStopping ? ", stopping" : ""));
    }
}

/// <summary>A line for every tenth of the work, where there is no terminal.</summary>
internal sealed class BatchLines(Action<string> say) : IBatchProgress
{
    private int _tenthsSaid;
    private string? _trouble;

    public void Show(BatchSnapshot batch)
    {
        if (batch.Trouble is { } trouble && _trouble is null)
            say(trouble);
        _trouble = batch.Trouble;
        var tenths = (int)(10 * batch.Fraction);
        if (tenths > _tenthsSaid)
        {
            _tenthsSaid = tenths;
            say(BatchWords.Of(batch));
        }
    }
}

/// <summary>An import's bar on a terminal.</summary>
internal sealed class ImportBar(string what, ProgressTask task) : IProgress<ImportProgress>
{
    public void Report(ImportProgress value)
    {
        task.Value = 100 * value.Fraction;
        task.Description = Markup.Escape($"{what}: {value.Rows:#,0} rows{(value.Rejected == 0 ? "" : $", {value.Rejected:#,0} rejected")}");
    }
}

/// <summary>A line for every tenth of an import, where there is no terminal.</summary>
internal sealed class ImportLines(string what, Action<string> say) : IProgress<ImportProgress>
{
    private int _tenthsSaid;

    public void Report(ImportProgress value)
    {
        var tenths = (int)(10 * value.Fraction);
        if (tenths > _tenthsSaid)
        {
            _tenthsSaid = tenths;
            say($"{what}: {10 * tenths} %, {value.Rows:#,0} rows{(value.Rejected == 0 ? "" : $", {value.Rejected:#,0} rejected")}");
        }
    }
}
