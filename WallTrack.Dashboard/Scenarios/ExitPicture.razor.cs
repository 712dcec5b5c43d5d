using Microsoft.AspNetCore.Components;
using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>An exit strategy as levels on a price axis, and in words.</summary>
public sealed partial class ExitPicture
{
    private const int Width = 344;
    private const double Scale = 128; // the whole position
    private const double LabelsFrom = 150;
    private ExitLevels _shape = ExitLevels.Of(new());
    private IReadOnlyList<string> _sentences = [];

    [Parameter, EditorRequired]
    public ScenarioDraft Draft { get; set; } = default!;

    private string Words => $"Exit strategy. {string.Join(' ', _sentences)}";

    protected override void OnParametersSet() => (_shape, _sentences) = (ExitLevels.Of(Draft), ScenarioWords.Exit(Draft));

    private static string Px(double length) => $"{length:0.##}";

    private static string ClassOf(ExitLevelKind kind) => kind switch
    {
        ExitLevelKind.TakeProfit => "profit",
        ExitLevelKind.Entry => "entry",
        ExitLevelKind.Trailing or ExitLevelKind.TrailingWakes => "trailing",
        _ => "stop",
    };
}
