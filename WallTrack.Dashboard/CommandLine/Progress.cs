using System.Globalization;
using Spectre.Console;
using WallTrack.History;

namespace WallTrack.Dashboard.CommandLine;

/// <summary>Hears of each scenario that is done; several workers may speak at once.</summary>
internal interface IScenarioProgress
{
    void Done(bool failed);
}

/// <summary>"12 of 40 scenarios done, 1 failed".</summary>
internal sealed class ScenarioCount(int total)
{
    private int _done;
    private int _failed;

    public int Done => _done;

    public string Words => string.Create(CultureInfo.InvariantCulture, $"{_done:#,0} of {total:#,0} scenarios done") + (_failed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {_failed:#,0} failed"));

    public void Add(bool failed)
    {
        _done++;
        _failed += failed ? 1 : 0;
    }
}

/// <summary>A bar on a terminal.</summary>
internal sealed class ProgressBar(ProgressTask task, int scenarios) : IScenarioProgress
{
    private readonly Lock _lock = new();
    private readonly ScenarioCount _count = new(scenarios);

    public void Done(bool failed)
    {
        lock (_lock)
        {
            _count.Add(failed);
            task.Value = _count.Done;
            task.Description = _count.Words;
        }
    }
}

/// <summary>A line for every tenth of the work, where there is no terminal.</summary>
internal sealed class ProgressLines(int scenarios, Action<string> say) : IScenarioProgress
{
    private readonly Lock _lock = new();
    private readonly ScenarioCount _count = new(scenarios);
    private int _tenthsSaid;

    public void Done(bool failed)
    {
        lock (_lock)
        {
            _count.Add(failed);
            var tenths = (int)(10L * _count.Done / scenarios);
            if (tenths > _tenthsSaid)
            {
                _tenthsSaid = tenths;
                say(_count.Words);
            }
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
