using WallTrack.Comparison;

namespace WallTrack.Tests.Comparison;

public sealed class ComparabilityTests
{
    private static readonly Circumstances July = new(new(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc), new(2026, 8, 1, 0, 0, 0, DateTimeKind.Utc), "2", "aa");

    [Fact]
    public void Results_under_the_same_circumstances_may_be_compared()
    {
        Assert.Null(Comparability.Refusal([]));
        Assert.Null(Comparability.Refusal([July, July with { }, July]));
    }

    [Fact]
    public void Unlike_windows_are_named()
    {
        var refusal = Comparability.Refusal([July with { From = July.From.AddDays(1).AddHours(6) }, July, July]);

        Assert.StartsWith("These results are of different windows: 2026-07-01 to 2026-08-01; 2026-07-02 06:00 to 2026-08-01 (UTC).", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Unlike_engines_are_named() =>
        Assert.StartsWith("These results are by different engines, 2 and 3,", Comparability.Refusal([July, July with { EngineVersion = "3" }]), StringComparison.Ordinal);

    [Fact]
    public void Unlike_histories_are_refused() =>
        Assert.StartsWith("These results are of one window, but of different histories", Comparability.Refusal([July, July with { HistoryFingerprint = "bb" }]), StringComparison.Ordinal);
}
