namespace WallTrack.History;

/// <summary>
/// What becomes of a made-up token: a drift that decays, a volatility that starts high and clusters, perhaps a rug pull
/// and perhaps quiet stretches without trades.
/// </summary>
internal sealed class TokenCourse
{
    private readonly Dice _dice;
    private readonly double _launchPrice;
    private readonly double _drift; // of the log price, over the whole life
    private readonly double _volatility; // of the log price, a minute, at launch
    private readonly int _rugMinute; // −1: never
    private readonly double _gapChance;
    private readonly int _life;

    private TokenCourse(Dice dice, int life, double quality, double drift, double volatility, int rugMinute, double gapChance, double launchPrice) =>
        (_dice, _life, Quality, _drift, _volatility, _rugMinute, _gapChance, _launchPrice) = (dice, life, quality, drift, volatility, rugMinute, gapChance, launchPrice);

    /// <summary>0 … 1: what a perfect judge would have made of it.</summary>
    internal double Quality { get; }

    /// <param name="life">Minutes.</param>
    internal static TokenCourse Draw(Dice dice, int life)
    {
        var fate = dice.Uniform();
        var (quality, drift, rug) = fate switch
        {
            < 0.30 => (0.05, 0.2, (int)(life * Math.Pow(dice.Uniform(), 1.5))), // rugged
            < 0.72 => (0.25, -1.5 - dice.Uniform(), -1), // fades
            < 0.93 => (0.60, dice.Uniform() - 0.4, -1), // holds
            _ => (0.95, 1 + (2 * dice.Uniform()), -1), // runs
        };
        return new(dice, life, quality, drift, 0.008 + (0.012 * dice.Uniform()), rug, 0.02 * dice.Uniform() * dice.Uniform(), Math.Exp(-11.5 + (1.5 * dice.Normal())));
    }

    /// <summary>One-minute bars from the launch on, for that many minutes less the quiet ones.</summary>
    internal Bar[] Bars(DateTime launch, int minutes)
    {
        var bars = new List<Bar>(minutes);
        var (price, stir) = (_launchPrice, 1.0);
        for (var minute = 0; minute < minutes; minute++)
        {
            var age = minute / (double)_life;
            stir = (0.97 * stir) + (0.03 * (0.4 + (1.2 * Math.Abs(_dice.FatNormal()))));
            var sigma = _volatility * stir * ((0.8 * Math.Exp(-6 * age)) + 0.2);
            var open = price * Math.Exp(0.1 * sigma * _dice.Normal());
            var move = (_drift / _life) - (0.5 * sigma * sigma) + (sigma * _dice.FatNormal());
            var close = open * Math.Exp(Math.Clamp(move, -0.6, 0.6));
            if (minute == _rugMinute)
            {
                close = open * (0.02 + (0.08 * _dice.Uniform()));
            }

            open = MadeUpHistory.TenDigits(Math.Max(open, 1e-12));
            close = MadeUpHistory.TenDigits(Math.Max(close, 1e-12));
            price = close;
            var high = MadeUpHistory.TenDigits(Math.Max(open, close) * Math.Exp(0.5 * sigma * Math.Abs(_dice.Normal())));
            var low = MadeUpHistory.TenDigits(Math.Min(open, close) * Math.Exp(-0.5 * sigma * Math.Abs(_dice.Normal())));
            if (minute > 0 && _dice.Uniform() < _gapChance)
            {
                continue;
            }

            bars.Add(new(launch.AddMinutes(minute), open, high, low, close, Math.Round(2000 * Math.Exp(_dice.Normal() - (2 * age)), 2)));
        }

        return [.. bars];
    }
}
