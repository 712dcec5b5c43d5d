using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Charts;

/// <summary>What scenarios earned, over how far they fell on the way.</summary>
public sealed partial class ScatterChart
{
    private const int MostRows = 200;
    private const int MostButtons = 40; // more stops of the tab key would bar the way to what follows; the table has them all
    private IReadOnlyList<ScatterDot>? _given;
    private ScatterPicture _picture = ScatterPicture.Of([]);
    private HashSet<PlacedDot> _named = [];
    private bool _isOpen;

    [Parameter, EditorRequired]
    public IReadOnlyList<ScatterDot> Dots { get; set; } = [];

    [Parameter]
    public Guid? Selected { get; set; }

    /// <summary>A dot was clicked, or chosen by keyboard.</summary>
    [Parameter]
    public EventCallback<Guid> OnSelect { get; set; }

    private bool HasButtons => OnSelect.HasDelegate && _picture.Dots.Length <= MostButtons;

    private int LabelWidthPx => 12 + (7 * _picture.Returns.Max(mark => mark.Text.Length));

    private IEnumerable<string> Remarks
    {
        get
        {
            if (_picture.Dots.IsEmpty)
                yield return "None of these scenarios has both a return and a drawdown.";
            else if (_picture.LeftOut > 0)
                yield return _picture.LeftOut == 1 ? "One scenario without a return or a drawdown is left out." : $"{_picture.LeftOut:#,0} scenarios without a return or a drawdown are left out.";
            if (_picture.Dots.Sum(dot => dot.Others) is > 0 and var others)
                yield return $"{others:#,0} scenarios lie where a better one is drawn.";
        }
    }

    protected override void OnParametersSet()
    {
        if (_given == Dots)
            return;
        _given = Dots;
        _picture = ScatterPicture.Of(Dots);
        _named = DotNames.Of(_picture.Dots);
    }

    private static string Css(double percent) => $"{percent:0.##}%";
}
