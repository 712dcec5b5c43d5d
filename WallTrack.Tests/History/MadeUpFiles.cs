using System.Globalization;
using WallTrack.History;

namespace WallTrack.Tests.History;

/// <summary>A made-up history as the two files that an operator would have.</summary>
internal static class MadeUpFiles
{
    public static (string Signals, string Bars) Write(TemporaryFolder folder, IEnumerable<TokenHistory> history)
    {
        var (signals, bars) = (folder.At("signals.csv"), folder.At("bars.csv"));
        using var signalLines = new StreamWriter(signals);
        using var barLines = new StreamWriter(bars);
        signalLines.WriteLine("id,timestamp,wallet_address,token_address,wallet,cluster,token,context,cluster_amplification,price_usd,liquidity_usd,market_cap_usd,token_age_minutes,actual_traded");
        barLines.WriteLine("token_address,open_time,interval_seconds,open,high,low,close,volume");
        foreach (var token in history)
        {
            foreach (var s in token.Signals)
                signalLines.WriteLine(Line($"{s.Id},{Instant.Text(s.Time)},{s.WalletAddress},{s.TokenAddress},{s.WalletScore:R},{s.ClusterScore:R},{s.TokenScore:R},{s.ContextScore:R},{s.ClusterAmplification:R},{s.PriceUsd:R},{s.LiquidityUsd:R},{s.MarketCapUsd:R},{s.TokenAgeMinutes:R},{s.ActualTraded}"));
            foreach (var b in token.Bars)
                barLines.WriteLine(Line($"{token.TokenAddress},{Instant.Text(b.OpenTime)},{token.Interval.TotalSeconds},{b.Open:R},{b.High:R},{b.Low:R},{b.Close:R},{b.Volume:R}"));
        }

        return (signals, bars);
    }

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
