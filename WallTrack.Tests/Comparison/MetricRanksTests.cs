using FsCheck;
using FsCheck.Fluent;
using WallTrack.Comparison;

namespace WallTrack.Tests.Comparison;

public sealed class MetricRanksTests
{
    /// <summary>Few different values, so that ties are common; some undefined, both zeros, some far away.</summary>
    internal static readonly Gen<double?> Values = Gen.Elements<double?>(null, null, 0, -0.0, 1, 1, 2, 3, -1, 1e300, -1e300, double.Epsilon);

    [Fact]
    public void By_hand()
    {
        // Of the four others: 5 beats all; each 4 beats two and equals one; 2 is the worst, which is what the undefined
        // one counts as, so those two equal each other.
        AssertRanks("2 1 - 2 4", "0.625 1 0.125 0.625 0.125", [4, 5, null, 4, 2], Better.Higher);
        AssertRanks("2 4 - 2 1", "0.625 0.125 0.125 0.625 1", [4, 5, null, 4, 2], Better.Lower);
    }

    [Fact]
    public void The_distance_of_an_outlier_changes_nothing() =>
        AssertRanks("3 2 1", "0 0.5 1", [1, 1.1, 1e12], Better.Higher);

    [Fact]
    public void What_nothing_tells_apart_scores_one_half()
    {
        AssertRanks("1", "0.5", [7], Better.Higher);
        AssertRanks("-", "0.5", [null], Better.Higher);
        AssertRanks("1 1 1", "0.5 0.5 0.5", [7, 7, 7], Better.Lower);
        AssertRanks("- -", "0.5 0.5", [null, null], Better.Lower);
        AssertRanks("1 -", "0.5 0.5", [7, null], Better.Higher); // the worst is also the best
        AssertRanks("", "", [], Better.Higher);
    }

    [Fact]
    public void Ranks_and_scores_are_those_of_counting()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(Values.ListOf().Select(list => list.ToArray()).ToArbitrary(), values =>
        {
            foreach (var better in new[] { Better.Higher, Better.Lower })
            {
                var ranks = MetricRanks.Of(values, better);
                var worst = better == Better.Higher ? values.Min() : values.Max();
                for (var i = 0; i < values.Length; i++)
                {
                    int Beating(Func<double?, double?, bool> first, Func<double?, double?> known) => values.Count(other => first(known(other), known(values[i])));
                    bool Above(double? a, double? b) => better == Better.Higher ? a > b : a < b;
                    Assert.Equal(values[i] is null ? null : Beating(Above, value => value) + 1, ranks.Ranks[i]);
                    if (values.Length > 1)
                    {
                        var beaten = Beating((a, b) => Above(b, a), value => value ?? worst);
                        var equal = Beating((a, b) => a == b || (a is null && b is null), value => value ?? worst) - 1;
                        Assert.Equal((beaten + (equal / 2.0)) / (values.Length - 1), ranks.Score(i), tolerance: 1e-12);
                    }
                }
            }
        }));
    }

    [Fact]
    public void A_metric_of_which_neither_way_is_better_is_refused() =>
        Assert.Throws<ArgumentException>(() => MetricRanks.Of([1, 2], Better.Neither));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_value_that_is_not_finite_is_refused(double value) =>
        Assert.Throws<ArgumentException>(() => MetricRanks.Of([1, value], Better.Higher));

    private static void AssertRanks(string ranks, string scores, double?[] values, Better better)
    {
        var actual = MetricRanks.Of(values, better);
        Assert.Equal(ranks, string.Join(' ', actual.Ranks.Select(rank => rank?.ToString() ?? "-")));
        Assert.Equal(scores, string.Join(' ', values.Select((_, i) => actual.Score(i))));
    }
}
