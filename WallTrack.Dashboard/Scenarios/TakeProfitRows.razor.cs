using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>The ladder of take-profit levels, one row each.</summary>
public sealed partial class TakeProfitRows
{
    private const string Path = "exit_strategy.take_profit_levels";
    private const string SumId = "levels-fault";

    [Parameter, EditorRequired]
    public ScenarioForm Form { get; set; } = default!;

    [Parameter, EditorRequired]
    public FormReading Reading { get; set; } = default!;

    [Parameter]
    public FormComparison? Comparison { get; set; }

    [Parameter]
    public bool IsReadOnly { get; set; }

    /// <summary>A level was typed in, added or removed.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnChange { get; set; }

    private IEnumerable<string> Sentences(int place) =>
        Reading.About($"{Path}[{place}].multiplier").Concat(Reading.About($"{Path}[{place}].sell_pct"));

    /// <summary>By itself, or together with the others: then every fraction has its part in it.</summary>
    private string? Invalid(int place, string part) =>
        Reading.About($"{Path}[{place}].{part}").Any() || (part == "sell_pct" && IsSumWrong) ? "true" : null;

    private bool IsSumWrong => Reading.About(Path).Any();

    private string? DescribedBy(int place)
    {
        var said = Sentences(place).Any() || Comparison?.OfLevel(place) is not null;
        return said && IsSumWrong ? $"{SaidId(place)} {SumId}" : said ? SaidId(place) : IsSumWrong ? SumId : null;
    }

    private static string SaidId(int place) => $"level-{place + 1}-said";

    private Task SetAsync(Action set)
    {
        set();
        return OnChange.InvokeAsync();
    }
}
