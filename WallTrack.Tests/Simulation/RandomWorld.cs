using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WallTrack.History;
using WallTrack.Scenarios;

namespace WallTrack.Tests.Simulation;

/// <summary>
/// A small random history and one scenario, made to meet edges often: prices on a coarse grid so that levels are hit
/// exactly, times on the minute so that fills and signals coincide, gaps, few slots, little cash. Shrinks to fewer
/// signals, bars and features.
/// </summary>
internal sealed record RandomWorld(
    IReadOnlyList<RandomWorld.Series> Tokens, IReadOnlyList<Signal> Signals, ScenarioDraft Draft, double FromMinute, double ToMinute, int BlockSize, bool SolBars)
{
    public static Arbitrary<RandomWorld> Arbitrary { get; } = Arb.From(Gen.Choose(0, int.MaxValue).Select(seed => Make(new System.Random(seed))), Shrink);

    private static readonly Dictionary<string, Action<ScenarioDraft>> Simplifications = new()
    {
        ["no ladder"] = d => d.TakeProfits = [],
        ["no trailing"] = d => d.TrailingEnabled = false,
        ["no moonbag"] = d => (d.Moonbag, d.MoonbagStopLoss) = (0, null),
        ["no moonbag stop"] = d => d.MoonbagStopLoss = null,
        ["no hold"] = d => d.MaxHoldHours = null,
        ["no slippage"] = d => d.SlippageBps = 0,
        ["no fees"] = d => (d.FeeBps, d.NetworkFeeSol) = (0, 0),
        ["no delay"] = d => d.EntryDelaySeconds = 0,
        ["no filter"] = d => (d.MinLiquidityUsd, d.MinTokenAgeMinutes, d.MaxTokenAgeMinutes) = (null, null, null),
        ["no threshold"] = d => d.ScoreThreshold = 0,
        ["full recovery"] = d => d.DeadTokenRecovery = 1,
    };

    internal sealed record Series(string Token, int IntervalSeconds, IReadOnlyList<Bar> Bars);

    public Scenario Scenario => Scenario.From(Draft);

    public HistoryWindow Window()
    {
        var bars = Tokens.Select(token => BarSeries.From(token.Token, TimeSpan.FromSeconds(token.IntervalSeconds), token.Bars, BlockSize)).ToList();
        var sol = SolBars
            ? SolPrice.FromBars(BarSeries.From(Mint.WrappedSol, TimeSpan.FromMinutes(5), Enumerable.Range(-2, 80).Where(i => i % 7 != 3).Select(i => Flat(5 * i, 100 + (i % 5)))))
            : SolPrice.Constant(100);
        return new(Tape.At(FromMinute), Tape.At(ToMinute), Signals, bars, sol);
    }

    public override string ToString()
    {
        var text = new StringBuilder($"window [{FromMinute}, {ToMinute}) blocks of {BlockSize}, SOL {(SolBars ? "from bars" : "constant")}\n{ScenarioJson.Write(Scenario)}\n");
        foreach (var token in Tokens)
            text.AppendLine($"{token.Token[..6]} every {token.IntervalSeconds} s: {string.Join(" | ", token.Bars.Select(bar => $"{(bar.OpenTime - Tape.Start).TotalMinutes}: {bar.Open} {bar.High} {bar.Low} {bar.Close}"))}");
        foreach (var signal in Signals)
            text.AppendLine($"signal {signal.Id.ToString()[..8]} at {(signal.Time - Tape.Start).TotalMinutes} {signal.TokenAddress[..6]} for {signal.PriceUsd}, scores {signal.WalletScore}");
        return text.ToString();
    }

    private static RandomWorld Make(System.Random random)
    {
        var tokens = Enumerable.Range(0, random.Next(1, 7)).Select(number => MakeSeries(random, number)).ToList();
        var signals = Enumerable.Range(0, random.Next(0, 100)).Select(_ => MakeSignal(random, tokens)).ToList();
        var from = random.Next(4) == 0 ? random.Next(0, 50) + 0.5 : 0;
        return new(tokens, signals, MakeDraft(random), from, from + Pick(random, 45, 119.5, 180, 240, 300, 1600), Pick(random, 1, 2, 3, 8, 64), random.Next(2) == 0);
    }

    private static Series MakeSeries(System.Random random, int number)
    {
        var (interval, bars) = (Pick(random, 60, 60, 60, 300, 3600), new List<Bar>());
        var (minute, price, coarse) = ((double)random.Next(0, 20), Pick(random, 1.0, 1.0, 4.0, 1e-7), random.Next(3) > 0);
        for (var i = random.Next(20) == 0 ? 0 : random.Next(1, 250); i > 0; i--)
        {
            double Near(double to) => coarse ? Math.Max(1, Math.Round(to / price * 4 * Math.Exp(0.3 * (random.NextDouble() - 0.5) * 2))) * price / 4 : to * Math.Exp(0.2 * (random.NextDouble() - 0.5));
            var last = bars.Count == 0 ? price : bars[^1].Close;
            var (open, close, a, b) = (random.Next(3) == 0 ? Near(last) : last, Near(last), Near(last), Near(last));
            bars.Add(new(Tape.At(minute), open, Math.Max(Math.Max(open, close), Math.Max(a, b)), Math.Min(Math.Min(open, close), Math.Min(a, b)), close, 0));
            minute += interval / 60.0 * (random.Next(10) == 0 ? random.Next(1, 12) : 1);
        }

        return new($"Token{number + 1}11111111111111111111111111111111111111", interval, bars);
    }

    private static Signal MakeSignal(System.Random random, List<Series> tokens)
    {
        var token = tokens[random.Next(tokens.Count)];
        var bar = token.Bars.Count == 0 ? Flat(random.Next(0, 60), 1) : token.Bars[random.Next(token.Bars.Count)];
        double Score() => random.Next(3) == 0 ? Pick(random, 0, 0.5, 0.7, 1.0) : Math.Round(random.NextDouble(), 2);
        return new()
        {
            Id = new Guid(random.Next(), 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)random.Next(256)),
            Time = bar.OpenTime.AddSeconds(Pick(random, 0, 0, 0, 17, 59.999999)),
            WalletAddress = "Wa11et1111111111111111111111111111111111111",
            TokenAddress = random.Next(20) == 0 ? "TokenX11111111111111111111111111111111111111" : token.Token,
            WalletScore = Score(),
            ClusterScore = Score(),
            TokenScore = Score(),
            ContextScore = Score(),
            ClusterAmplification = Pick(random, 1, 1, 0, 1.5),
            PriceUsd = Pick(random, bar.Open, bar.Close, bar.Low),
            LiquidityUsd = random.Next(3) == 0 ? null : random.Next(500, 1500),
            TokenAgeMinutes = random.Next(3) == 0 ? null : random.Next(0, 100),
        };
    }

    private static ScenarioDraft MakeDraft(System.Random random)
    {
        double? Perhaps(int oneIn, params double[] values) => random.Next(oneIn) > 0 ? null : Pick(random, values);
        var multipliers = new[] { 1.25, 1.5, 2, 2.5, 3, 1.1 }.Where(_ => random.Next(2) == 0).Order().ToArray();
        var moonbag = Pick(random, 0, 0, 0.2, 0.34, 0.5, 1e-10);
        return new()
        {
            Name = "Random",
            ScoreThreshold = Pick(random, 0, 0, 0, 0.5, 0.7),
            StartingCapitalSol = Pick(random, 10, 10, 1, 0.3),
            BasePositionSol = Pick(random, 0.1, 0.1, 0.3),
            HighConvictionMultiplier = Pick(random, 1, 1.5),
            HighConvictionThreshold = Pick(random, 0.5, 0.85),
            StopLoss = Pick(random, 0.25, 0.5, 0.2, 1),
            TakeProfits = [.. multipliers.Select(multiplier => new TakeProfitLevel(multiplier, (1 - moonbag) / multipliers.Length * Pick(random, 1, 0.5, 1)))],
            TrailingEnabled = random.Next(2) == 0,
            TrailingActivation = Pick(random, 1.25, 1.5, 2, Math.BitIncrement(1.0)),
            TrailingDistance = Pick(random, 0.2, 0.25, 0.5, 0.75),
            Moonbag = moonbag,
            MoonbagStopLoss = Perhaps(3, 0.25, 0.5, 0.8),
            MaxHoldHours = Perhaps(3, 1 / 60.0, 0.25, 1, 0.1),
            DeadTokenRecovery = Pick(random, 1, 0.5, 0),
            MaxConcurrentPositions = Pick(random, 1, 2, 5, 50),
            MaxDailyTrades = Pick(random, 2, 10, 50, 50),
            SlippageBps = Pick(random, 0, 100, 5000),
            FeeBps = Pick(random, 0, 0, 30),
            NetworkFeeSol = Pick(random, 0, 0, 0.001, 0.02),
            EntryDelaySeconds = Pick(random, 0, 0, 0, 0, 1, 60, 400),
            MinLiquidityUsd = Perhaps(8, 1000),
            MinTokenAgeMinutes = Perhaps(8, 10),
            MaxTokenAgeMinutes = Perhaps(8, 60),
        };
    }

    private static IEnumerable<RandomWorld> Shrink(RandomWorld world)
    {
        if (world.Signals.Count > 1)
        {
            yield return world with { Signals = [.. world.Signals.Take(world.Signals.Count / 2)] };
            yield return world with { Signals = [.. world.Signals.Skip(world.Signals.Count / 2)] };
        }

        for (var i = 0; i < world.Signals.Count; i++)
            yield return world with { Signals = [.. world.Signals.Where((_, place) => place != i)] };
        for (var i = 0; i < world.Tokens.Count; i++)
        {
            var token = world.Tokens[i];
            if (world.Tokens.Count > 1)
                yield return world with { Tokens = [.. world.Tokens.Where(other => other != token)] };
            foreach (var fewer in new[] { token.Bars.Take(token.Bars.Count / 2), token.Bars.Skip(token.Bars.Count / 2), token.Bars.SkipLast(1), token.Bars.Skip(1) })
            {
                if (fewer.Count() < token.Bars.Count)
                    yield return world with { Tokens = [.. world.Tokens.Select(other => other == token ? token with { Bars = [.. fewer] } : other)] };
            }
        }

        foreach (var simplify in Simplifications.Values)
        {
            var draft = world.Scenario.ToDraft();
            var before = ScenarioJson.Write(world.Scenario);
            simplify(draft);
            if (Scenario.TryFrom(draft, out _) is { } simpler && ScenarioJson.Write(simpler) != before)
                yield return world with { Draft = draft };
        }
    }

    private static Bar Flat(double minute, double price) => new(Tape.At(minute), price, price, price, price, 0);

    private static T Pick<T>(System.Random random, params T[] values) => values[random.Next(values.Length)];
}
