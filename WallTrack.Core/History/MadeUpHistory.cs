namespace WallTrack.History;

/// <summary>How large a made-up history is. The same options give the same history, to the last bit.</summary>
public sealed record MadeUpHistoryOptions
{
    /// <summary>At least 1.</summary>
    public int Signals { get; init; } = 5_000;

    /// <summary>At least 1; SOL comes on top.</summary>
    public int Tokens { get; init; } = 150;

    /// <summary>At least 1.</summary>
    public int Days { get; init; } = 30;

    /// <summary>Hours of bars a token has on average, from half to one and a half of it; at least 2.</summary>
    public int BarHours { get; init; } = 48;

    public int Seed { get; init; } = 1;

    /// <summary>Midnight, UTC, of the first day.</summary>
    public DateTime Start { get; init; } = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public DateTime End => Start.AddDays(Days);
}

/// <summary>A token's bars, ascending, and the signals about it, in no order.</summary>
public sealed record TokenHistory(string TokenAddress, TimeSpan Interval, Bar[] Bars, Signal[] Signals);

/// <summary>
/// A realistic history that nobody lived: tokens are launched, most fade, some are rugged within minutes, few run; their
/// prices have fat tails that cluster, minutes without a trade have no bar, and wallets of different skill buy them.
/// </summary>
/// <remarks>
/// Made token by token from the seed and the token's number alone, so it streams in bounded memory and any part can be
/// made by itself. Its own generator: the framework's promises no sequence from version to version.
/// </remarks>
public sealed class MadeUpHistory
{
    private const int WalletCount = 400;
    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, 23).Select(exponent => double.Parse($"1e{exponent}"))];
    private static readonly TimeSpan SolInterval = TimeSpan.FromMinutes(5);
    private readonly MadeUpHistoryOptions _options;
    private readonly (string Address, double Skill)[] _wallets;
    private readonly int[] _signalsOfToken;

    public MadeUpHistory(MadeUpHistoryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Signals, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Tokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Days, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BarHours, 2);
        _options = options;
        var dice = new Dice(options.Seed, stream: -1);
        _wallets = new (string, double)[WalletCount];
        for (var i = 0; i < WalletCount; i++)
        {
            _wallets[i] = (dice.Address(), Math.Clamp(0.5 + (0.18 * dice.Normal()), 0.02, 0.98));
        }

        _signalsOfToken = ShareOut(options.Signals, options.Tokens, dice);
    }

    /// <summary>One token after another; the last is SOL itself, with bars from a day before the start.</summary>
    public IEnumerable<TokenHistory> Tokens()
    {
        for (var token = 0; token < _options.Tokens; token++)
        {
            yield return MakeToken(token);
        }

        yield return MakeSol();
    }

    /// <summary>A few tokens are on everybody's list: shares fall off with rank, and add up to the whole.</summary>
    private static int[] ShareOut(int signals, int tokens, Dice dice)
    {
        var appeal = new double[tokens];
        for (var i = 0; i < tokens; i++)
        {
            appeal[i] = Math.Exp(0.9 * dice.Normal());
        }

        var (total, given, sum) = (appeal.Sum(), 0, 0.0);
        var shares = new int[tokens];
        for (var i = 0; i < tokens; i++)
        {
            sum += appeal[i];
            shares[i] = (i == tokens - 1 ? signals : (int)Math.Round(signals * (sum / total))) - given;
            given += shares[i];
        }

        return shares;
    }

    private TokenHistory MakeToken(int number)
    {
        var dice = new Dice(_options.Seed, number);
        var address = dice.Address();
        var life = Math.Max(60, (int)(_options.BarHours * 60 * (0.5 + dice.Uniform())));
        var latest = Math.Max(1, (_options.Days * 1440) - (life / 2));
        var launch = _options.Start.AddMinutes((int)(dice.Uniform() * latest));
        var course = TokenCourse.Draw(dice, life);
        var bars = course.Bars(launch, Math.Min(life, (int)(_options.End - launch).TotalMinutes));
        return new(address, TimeSpan.FromMinutes(1), bars, MakeSignals(dice, address, launch, bars, course, _signalsOfToken[number]));
    }

    private Signal[] MakeSignals(Dice dice, string token, DateTime launch, Bar[] bars, TokenCourse course, int count)
    {
        var signals = new Signal[count];
        for (var i = 0; i < count; i++)
        {
            // Most buys come early in a token's life; skilled wallets are likelier among the buyers of a token that runs.
            var at = Math.Min(bars.Length - 1, (int)(Math.Pow(dice.Uniform(), 1.8) * bars.Length * 0.9));
            var wallet = _wallets[(int)(dice.Uniform() * WalletCount)];
            if (course.Quality > 0.5 && dice.Uniform() < 0.5 && _wallets[(int)(dice.Uniform() * WalletCount)] is var other && other.Skill > wallet.Skill)
            {
                wallet = other;
            }

            var bar = bars[at];
            var seconds = (int)(dice.Uniform() * 60);
            var price = (bar.Open + ((bar.Close - bar.Open) * (seconds / 60.0))) * (1 + (0.002 * dice.Normal()));
            var supply = 1e9;
            var crowd = Math.Min(1, count * 0.004 * Math.Exp(-2.0 * at / bars.Length));
            signals[i] = new()
            {
                Id = dice.Id(),
                Time = bar.OpenTime.AddSeconds(seconds),
                WalletAddress = wallet.Address,
                TokenAddress = token,
                WalletScore = Round(wallet.Skill + (0.12 * dice.Normal())),
                ClusterScore = Round(0.45 + (0.4 * crowd) + (0.2 * dice.Normal())),
                TokenScore = Round(0.45 + (0.25 * course.Quality) + (0.18 * dice.Normal())),
                ContextScore = Round(0.55 + (0.25 * Math.Sin(bar.OpenTime.Hour * Math.PI / 12)) + (0.1 * dice.Normal())),
                ClusterAmplification = Math.Round(1 + (0.5 * crowd), 2),
                PriceUsd = TenDigits(Math.Max(price, bar.Low * 0.9)),
                LiquidityUsd = Math.Round(Math.Sqrt(bar.Close * supply) * 90 * (0.5 + dice.Uniform())),
                MarketCapUsd = Math.Round(bar.Close * supply),
                TokenAgeMinutes = Math.Round((bar.OpenTime - launch).TotalMinutes + (seconds / 60.0), 2),
                ActualTraded = dice.Uniform() < 0.05,
            };
        }

        return signals;
    }

    private TokenHistory MakeSol()
    {
        var dice = new Dice(_options.Seed, stream: -2);
        var bars = new Bar[(_options.Days + 1) * 288];
        var price = 150.0;
        for (var i = 0; i < bars.Length; i++)
        {
            var open = price;
            price = Math.Round(Math.Clamp(price * Math.Exp(0.0016 * dice.FatNormal()), 40, 600), 4);
            var reach = 1 + (0.0008 * Math.Abs(dice.Normal()));
            bars[i] = new(_options.Start.AddDays(-1) + (i * SolInterval), open, Math.Round(Math.Max(open, price) * reach, 4), Math.Round(Math.Min(open, price) / reach, 4), price, Math.Round(1e5 * (0.5 + dice.Uniform())));
        }

        return new(Mint.WrappedSol, SolInterval, bars, []);
    }

    /// <summary>
    /// The number in ten significant digits, as exports write prices: the float nearest to the decimal, because both
    /// whole numbers and powers of ten up to 10^22 are exact.
    /// </summary>
    internal static double TenDigits(double price)
    {
        var decimals = Math.Clamp(9 - (int)Math.Floor(Math.Log10(price)), 0, PowersOfTen.Length - 1);
        return Math.Round(price * PowersOfTen[decimals]) / PowersOfTen[decimals];
    }

    private static double Round(double component) => Math.Round(Math.Clamp(component, 0, 1), 4);
}
