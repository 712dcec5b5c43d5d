using WallTrack.Scenarios;

namespace WallTrack.Tests.Scenarios;

/// <summary>Valid scenarios with numbers that need every one of their bits, texts that need escaping, and all options on and off.</summary>
internal static class RandomScenarios
{
    private static readonly string[] Texts = ["plain", "quote \" and \\", "line\nbreak\tand tab", "<script>&amp;'", "Ünïcödé ☃", "surrogates 🚀🌕", "\u0001\u001f\u007f", " spaces inside  ", "// no comment"];

    public static IEnumerable<Scenario> Take(int count, int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => Scenario.From(Draft(random)));
    }

    private static ScenarioDraft Draft(Random random)
    {
        var (wallet, cluster, token) = (random.NextDouble() / 3, random.NextDouble() / 3, random.NextDouble() / 3);
        var capital = Wide(random);
        var levels = Levels(random);
        var sold = levels.Sum(level => level.SellFraction);
        return new()
        {
            Id = random.Next(2) == 0 ? null : new Guid(random.Next(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
            Name = Texts[random.Next(Texts.Length)] + random.Next(),
            Description = random.Next(3) == 0 ? null : Texts[random.Next(Texts.Length)],
            Category = (ScenarioCategory)random.Next(6),
            Tags = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Texts[random.Next(Texts.Length)])],
            WalletWeight = wallet,
            ClusterWeight = cluster,
            TokenWeight = token,
            ContextWeight = 1 - wallet - cluster - token + ((random.NextDouble() - 0.5) * 0.019),
            ScoreThreshold = random.Next(9) switch { 0 => 0.0, 1 => -0.0, 2 => 1, _ => random.NextDouble() },
            StartingCapitalSol = capital,
            BasePositionSol = Math.Max(capital * random.NextDouble(), double.Epsilon),
            HighConvictionMultiplier = 1 + (random.NextDouble() * 10),
            HighConvictionThreshold = random.NextDouble(),
            StopLoss = 1 - random.NextDouble(),
            TakeProfits = levels,
            TrailingEnabled = random.Next(2) == 0,
            TrailingActivation = 1.0000000001 + random.NextDouble(),
            TrailingDistance = Math.Clamp(random.NextDouble(), double.Epsilon, Math.BitDecrement(1.0)),
            Moonbag = Math.Max(0, Math.Min((1 - sold) * random.NextDouble(), Math.BitDecrement(1.0))),
            MoonbagStopLoss = Maybe(random, 1 - random.NextDouble()),
            MaxHoldHours = Maybe(random, Wide(random)),
            DeadTokenRecovery = random.NextDouble(),
            MaxConcurrentPositions = random.Next(1, 51),
            MaxDailyTrades = random.Next(4) == 0 ? int.MaxValue : random.Next(1, 100),
            SlippageBps = random.NextDouble() * 5000,
            FeeBps = Wide(random),
            NetworkFeeSol = random.Next(3) == 0 ? double.Epsilon : Wide(random),
            EntryDelaySeconds = random.Next(3) == 0 ? double.MaxValue : random.Next(600),
            MinLiquidityUsd = Maybe(random, Wide(random)),
            MinTokenAgeMinutes = Maybe(random, Wide(random)),
            MaxTokenAgeMinutes = Maybe(random, Wide(random)),
            CreatedAt = random.Next(2) == 0 ? null : DateTime.UnixEpoch.AddMicroseconds(random.NextInt64(1L << 52)),
            UpdatedAt = random.Next(2) == 0 ? null : DateTime.UnixEpoch.AddSeconds(random.Next()),
            CreatedBy = random.Next(2) == 0 ? null : Texts[random.Next(Texts.Length)],
            IsPreset = random.Next(2) == 0,
        };
    }

    private static List<TakeProfitLevel> Levels(Random random)
    {
        var levels = new List<TakeProfitLevel>();
        var multiplier = 1.0;
        for (var i = random.Next(11); i > 0; i--)
        {
            multiplier = Math.BitIncrement(multiplier * (1 + (random.NextDouble() * random.NextDouble())));
            levels.Add(new(multiplier, Math.Max(random.NextDouble() / 10, double.Epsilon)));
        }

        return levels;
    }

    /// <summary>From 1e-12 to 1e12, so that all exponents of interest are met.</summary>
    private static double Wide(Random random) => Math.Pow(10, (random.NextDouble() * 24) - 12);

    private static double? Maybe(Random random, double value) => random.Next(2) == 0 ? null : value;
}
