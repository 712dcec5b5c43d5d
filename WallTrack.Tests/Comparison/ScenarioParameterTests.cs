using WallTrack.Comparison;
using WallTrack.Scenarios;

namespace WallTrack.Tests.Comparison;

public sealed class ScenarioParameterTests
{
    [Fact]
    public void Every_number_of_a_scenario_is_there() =>
        Assert.Equal(NumberField.All.Select(field => field.Label).Append("Take-profits").Order(StringComparer.Ordinal), ScenarioParameter.All.Select(parameter => parameter.Label).Order(StringComparer.Ordinal));

    [Fact]
    public void Texts_have_their_units()
    {
        var balanced = Presets.Balanced.ToDraft();

        Assert.Equal("2× → 33 %, 3× → 33 %", Text("Take-profits", balanced));
        Assert.Equal("50 %", Text("Stop loss", balanced));
        Assert.Equal("0.1 SOL", Text("Base position", balanced));
        Assert.Equal("100 bps", Text("Slippage", balanced));
        Assert.Equal("2×", Text("Trailing stop activation", balanced));
        Assert.Equal("none", Text("Maximum hold", balanced));
        Assert.Equal("off", Text("Trailing stop distance", Presets.Conservative.ToDraft()));
        Assert.Equal("29 %", Text("Stop loss", new() { StopLoss = 0.29 })); // 28.999999999999996 in doubles
    }

    [Fact]
    public void A_parameter_differs_where_two_texts_do()
    {
        var (balanced, other) = (Presets.Balanced.ToDraft(), Presets.Balanced.ToDraft());
        other.StopLoss = 0.4;

        Assert.True(Find("Stop loss").Differs([balanced, null, other]));
        Assert.False(Find("Base position").Differs([balanced, null, other]));
        Assert.False(Find("Stop loss").Differs([balanced, null]));
    }

    [Fact]
    public void What_stands_behind_a_trailing_stop_that_is_off_makes_no_difference()
    {
        var (one, other) = (new ScenarioDraft { TrailingEnabled = false, TrailingDistance = 0.1 }, new ScenarioDraft { TrailingEnabled = false, TrailingDistance = 0.2 });

        Assert.False(Find("Trailing stop distance").Differs([one, other]));
    }

    private static ScenarioParameter Find(string label) => ScenarioParameter.All.Single(parameter => parameter.Label == label);

    private static string Text(string label, ScenarioDraft draft) => Find(label).Text(draft);
}
