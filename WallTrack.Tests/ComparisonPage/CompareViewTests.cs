using System.Collections.Immutable;
using WallTrack.Comparison;
using WallTrack.Dashboard.Backtests;
using WallTrack.Dashboard.Comparison;

namespace WallTrack.Tests.ComparisonPage;

public sealed class CompareViewTests
{
    private static readonly Guid Batch = Guid.Parse("11111111-1111-4111-8111-111111111111");
    private static readonly Guid Other = Guid.Parse("22222222-2222-4222-8222-222222222222");
    private static readonly DateTime Noon = new(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void All_of_a_view_comes_back_from_its_address()
    {
        var view = new CompareView
        {
            Batch = Batch,
            Results = [ResultKey.At(3), ResultKey.At(0), ResultKey.Of(Other)],
            Weights = WeightList.Default.With(Metric.Calmar, 0.4),
            Baseline = ResultKey.At(3),
            Curves = [ResultKey.At(0), ResultKey.Of(Other)],
            OnlyDifferences = true,
            Look = new(new(Noon, Noon.AddHours(5)), IsPercent: true),
        };

        var words = view.Parameters;
        var read = Read(words);

        Assert.Equal(("3,0", $"{Other}"), (words["results"], words["ids"]));
        Assert.Equal(view.Results, read.Results);
        Assert.Equal((view.Batch, view.Weights.Text, view.Baseline, view.OnlyDifferences, view.Look), (read.Batch, read.Weights.Text, read.Baseline, read.OnlyDifferences, read.Look));
        Assert.Equal(view.Curves!.Value, read.Curves!.Value);
    }

    [Fact]
    public void No_curve_at_all_is_another_thing_than_all_of_them()
    {
        Assert.Equal(0, Read(new CompareView { Curves = [] }.Parameters).Curves?.Length);
        Assert.Null(Read(new CompareView().Parameters).Curves);
    }

    [Fact]
    public void An_untouched_view_says_nothing_but_its_batch() =>
        Assert.Equal(["batch"], new CompareView { Batch = Batch }.Parameters.Where(word => word.Value is not null).Select(word => word.Key));

    [Fact]
    public void What_an_address_should_not_say_means_nothing()
    {
        var view = Read(new Dictionary<string, object?>
        {
            ["batch"] = "mine", ["results"] = "0,1", ["ids"] = $"7,x,{Other},{Other}", ["weights"] = "x", ["baseline"] = "-1", ["curves"] = "?", ["from"] = "2026-07-02T00:00:00Z", ["to"] = "2026-07-01T00:00:00Z",
        });

        Assert.Null(view.Batch);
        Assert.Equal([ResultKey.Of(Other)], view.Results); // positions mean nothing without a batch
        Assert.True(view.Weights.IsDefault);
        Assert.Null(view.Baseline);
        Assert.Empty(view.Curves!.Value);
        Assert.Equal(default(CurveView), view.Look);
    }

    [Fact]
    public void Who_is_removed_is_no_baseline_any_more_and_has_no_curve()
    {
        var view = new CompareView { Batch = Batch, Baseline = ResultKey.At(1), Curves = [ResultKey.At(1), ResultKey.At(2)] };
        ImmutableArray<ResultKey> best = [ResultKey.At(2), ResultKey.At(1), ResultKey.At(5)];

        var without = view.Without(ResultKey.At(1), best);

        Assert.Equal([ResultKey.At(2), ResultKey.At(5)], without.Results);
        Assert.Null(without.Baseline);
        Assert.Equal([ResultKey.At(2)], without.Curves!.Value);
        Assert.Equal([ResultKey.At(2), ResultKey.At(5), ResultKey.At(7)], without.With(ResultKey.At(7), without.Results).With(ResultKey.At(7), [ResultKey.At(2), ResultKey.At(5), ResultKey.At(7)]).Results);
    }

    private static CompareView Read(IReadOnlyDictionary<string, object?> words) => CompareView.Of(name => (string?)words.GetValueOrDefault(name));
}
