using FsCheck;
using FsCheck.Fluent;
using WallTrack.Tests.Storage;

namespace WallTrack.Tests.Batches;

/// <summary>
/// Random lives of batches: commands, claims, commits, deaths, races and clocks that jump, after each of which all that is
/// stored must fit together. A failure prints the shortest life that still fails, and the seed.
/// </summary>
public sealed class BatchPropertyTests(PostgreSqlServer server)
{
    public static TheoryData<Product> Products => [Product.Sqlite, Product.PostgreSql];

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Whatever_happens_to_a_batch_its_rows_fit_together_and_it_can_be_completed(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var tally = new BatchPropertyTally();
        var lives = product == Product.Sqlite ? 40 : 15; // a server is slower by as much
        var isLong = Environment.GetEnvironmentVariable("WALLTRACK_ALL_TESTS") == "1";
        lives *= isLong ? 20 : 1;

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(lives), Prop.ForAll(BatchLife.Arbitrary, life =>
        {
            BatchPropertyWorld.Live(test.Database, life, tally);
            return true;
        }));

        // Random lives that never meet a case prove nothing about it.
        Assert.Equal([], tally.Missing(isLong));
        TestContext.Current.TestOutputHelper?.WriteLine($"{tally}");
    }
}

/// <summary>What may happen in one step.</summary>
internal enum BatchAct
{
    Claim,
    ClaimEverywhere,
    End,
    EndInPart,
    EndEmpty,
    EndTwice,
    EndLate,
    Die,
    DieAgainAndAgain,
    DieWhileEnding,
    Cancel,
    Resume,
    Retry,
    Delete,
    Rename,
    JumpClock,
    AtOnce,
}

/// <param name="A">Chooses whom it happens to.</param>
/// <param name="B">Chooses how.</param>
internal sealed record BatchStep(BatchAct Act, int A, int B)
{
    public override string ToString() => $"{Act}({A},{B})";
}

/// <summary>Shrinks to fewer steps.</summary>
internal sealed record BatchLife(int Seed, IReadOnlyList<BatchStep> Steps)
{
    private const int Longest = 60;

    private static readonly BatchAct[] ByFrequency =
    [
        .. Repeat(BatchAct.Claim, 12), .. Repeat(BatchAct.ClaimEverywhere, 3), .. Repeat(BatchAct.End, 8), .. Repeat(BatchAct.EndInPart, 4),
        .. Repeat(BatchAct.EndEmpty, 2), .. Repeat(BatchAct.EndTwice, 2), .. Repeat(BatchAct.EndLate, 3), .. Repeat(BatchAct.Die, 4),
        .. Repeat(BatchAct.DieAgainAndAgain, 2), .. Repeat(BatchAct.DieWhileEnding, 2), .. Repeat(BatchAct.Cancel, 2), .. Repeat(BatchAct.Resume, 3),
        .. Repeat(BatchAct.Retry, 2), BatchAct.Delete, BatchAct.Rename, .. Repeat(BatchAct.JumpClock, 2), .. Repeat(BatchAct.AtOnce, 8),
    ];

    public static Arbitrary<BatchLife> Arbitrary { get; } = Arb.From(Gen.Choose(0, int.MaxValue).Select(Make), Shrink);

    public override string ToString() => $"seed {Seed}: {string.Join(' ', Steps)}";

    private static BatchLife Make(int seed)
    {
        var random = new System.Random(seed);
        return new(seed,
        [
            .. Enumerable.Range(0, random.Next(10, Longest)).Select(_ => new BatchStep(ByFrequency[random.Next(ByFrequency.Length)], random.Next(100), random.Next(10_000))),
        ]);
    }

    private static IEnumerable<BatchLife> Shrink(BatchLife life)
    {
        for (var size = life.Steps.Count / 2; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= life.Steps.Count; at += size)
                yield return life with { Steps = [.. life.Steps.Take(at), .. life.Steps.Skip(at + size)] };
        }
    }

    private static IEnumerable<BatchAct> Repeat(BatchAct act, int times) => Enumerable.Repeat(act, times);
}

/// <summary>How often each case was met.</summary>
internal sealed class BatchPropertyTally
{
    private static readonly string[] Common = ["claimed", "ended whole", "ended and claimed the next", "ended in part", "died", "cancelled", "resumed", "completed", "at once"];

    // A few lives may well miss one of these.
    private static readonly string[] Rare =
    [
        "refused a taken slot", "given back", "ended twice", "refused a late end", "split after three deaths", "failed after six deaths", "end won against death",
        "death won against end", "retried", "deleted", "failed",
    ];

    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> _counts = new();

    public IEnumerable<string> Missing(bool alsoRare) => Common.Concat(alsoRare ? Rare : []).Where(wanted => !_counts.ContainsKey(wanted));

    public void Count(string met) => _counts.AddOrUpdate(met, 1, (_, count) => count + 1);

    public override string ToString() => string.Join(", ", _counts.OrderBy(met => met.Key).Select(met => $"{met.Key} {met.Value}"));
}
