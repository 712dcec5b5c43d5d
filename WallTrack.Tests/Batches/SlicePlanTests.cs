using WallTrack.Batches;

namespace WallTrack.Tests.Batches;

public sealed class SlicePlanTests
{
    [Fact]
    public void Slices_cover_every_scenario_once_whatever_goes_together()
    {
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
        {
            var (scenarios, signals, cores, group) = (random.Next(1, round % 10 == 0 ? 100_000 : 3_000), random.Next(1, 200_000), random.Next(1, 200), random.Next(1, 40));
            var next = 0;
            foreach (var (first, count) in SlicePlan.Cut(scenarios, signals, cores, position => position % group != 0))
            {
                Assert.Equal(next, first);
                Assert.InRange(count, 1, 256);
                next += count;
            }

            Assert.Equal(scenarios, next);
        }
    }

    [Fact]
    public void Up_to_three_hundred_scenarios_are_slices_of_their_own() =>
        Assert.Equal(300, SlicePlan.Cut(300, 100_000, 2, _ => true).Count());

    [Fact]
    public void A_cut_is_made_where_exit_rules_change_when_that_is_near()
    {
        var cuts = SlicePlan.Cut(1_000, 100_000, 2, position => position % 10 != 0).ToList();

        Assert.All(cuts, cut => Assert.Equal(0, cut.First % 10));
        Assert.InRange(cuts.Count, 16, 34);
    }

    [Fact]
    public void Many_machines_get_longer_slices_and_each_core_some()
    {
        Assert.Equal(TimeSpan.FromSeconds(0.25), SlicePlan.WorkFor(2));
        Assert.Equal(TimeSpan.FromSeconds(2), SlicePlan.WorkFor(120));

        // A scenario over a million signals takes 4 ms.
        Assert.Equal(61, LargestOf(SlicePlan.Cut(50_000, 1_000_000, 2, _ => true)));
        Assert.Equal(104, LargestOf(SlicePlan.Cut(50_000, 1_000_000, 120, _ => true))); // four a core
        Assert.Equal(1, LargestOf(SlicePlan.Cut(400, 1_000_000, 120, _ => true)));

        static int LargestOf(IEnumerable<(int First, int Count)> cuts) => cuts.Max(cut => cut.Count);
    }

    [Fact]
    public void A_hundred_thousand_small_scenarios_make_hundreds_of_slices_not_thousands() =>
        Assert.InRange(SlicePlan.Cut(100_000, 1_000, 2, _ => true).Count(), 100, 1_024);
}
