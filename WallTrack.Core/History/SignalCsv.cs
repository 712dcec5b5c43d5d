using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WallTrack.History;

/// <summary>Reads signals.csv row by row: each row is a signal or a rejected row, never nothing.</summary>
internal sealed class SignalCsv : IDisposable
{
    private readonly CsvTable _table;
    private readonly int _id, _time, _walletAddress, _tokenAddress, _wallet, _cluster, _token, _context, _amplification;
    private readonly int _price, _liquidity, _marketCap, _age, _traded, _breakdown;

    /// <exception cref="UnreadableFileException">The file cannot be read as signals at all.</exception>
    internal SignalCsv(string path)
    {
        _table = CsvTable.Open(path);
        try
        {
            _time = _table.Needed("timestamp");
            _walletAddress = _table.Needed("wallet_address");
            _tokenAddress = _table.Needed("token_address");
            _price = _table.Needed("price_usd", "token_price_usd");
            _breakdown = _table.Column("score_breakdown");
            _wallet = _breakdown < 0 ? _table.Needed("wallet", "wallet_score") : _table.Column("wallet", "wallet_score");
        }
        catch
        {
            _table.Dispose();
            throw;
        }

        _id = _table.Column("id");
        _cluster = _table.Column("cluster");
        _token = _table.Column("token");
        _context = _table.Column("context");
        _amplification = _table.Column("cluster_amplification");
        _liquidity = _table.Column("liquidity_usd", "token_liquidity");
        _marketCap = _table.Column("market_cap_usd", "token_market_cap");
        _age = _table.Column("token_age_minutes");
        _traded = _table.Column("actual_traded");
    }

    /// <summary>How much of the file is read, 0 … 1.</summary>
    internal double Fraction => _table.Fraction;

    internal IReadOnlyList<string> IgnoredColumns => _table.IgnoredColumns;

    public void Dispose() => _table.Dispose();

    internal IEnumerable<(Signal? Signal, RejectedRow? Rejected)> Rows()
    {
        while (_table.Read())
        {
            var signal = Parse(out var reason);
            yield return signal is null ? (null, Rejected(reason)) : (signal, null);
        }
    }

    /// <summary>The row last read, as rejected for that reason.</summary>
    internal RejectedRow Rejected(string reason) => new(_table.Line, reason, _table.Text);

    private Signal? Parse(out string reason)
    {
        var field = new CsvField(_table);
        if (_table.IsTooLong)
        {
            field.Reject<int>(RejectReason.TooLong);
        }

        var (wallet, cluster, token, context) = (field.Score(_wallet), field.Score(_cluster), field.Score(_token), field.Score(_context));
        if (_table[_breakdown] is { IsEmpty: false } breakdown)
        {
            FillIn(Encoding.UTF8.GetString(breakdown), ref field, ref wallet, ref cluster, ref token, ref context);
        }

        var id = field.Id(_id);
        var signal = new Signal
        {
            Id = id ?? Guid.Empty,
            Time = field.Time(_time),
            WalletAddress = field.Address(_walletAddress),
            TokenAddress = field.Address(_tokenAddress),
            WalletScore = wallet ?? field.Reject<double>(RejectReason.Missing),
            ClusterScore = cluster ?? Signal.MissingComponent,
            TokenScore = token ?? Signal.MissingComponent,
            ContextScore = context ?? Signal.MissingComponent,
            ClusterAmplification = field.Amount(_amplification) ?? 1,
            PriceUsd = field.Price(_price),
            LiquidityUsd = field.Amount(_liquidity),
            MarketCapUsd = field.Amount(_marketCap),
            TokenAgeMinutes = field.Amount(_age),
            ActualTraded = field.Flag(_traded),
        };
        reason = field.Reason ?? "";
        return field.Reason is not null ? null
            : id is not null ? signal
            : signal with { Id = ContentId.Of("signal", Content(signal)) };
    }

    /// <summary>What the plain columns lack comes from the breakdown.</summary>
    private static void FillIn(string json, ref CsvField field, ref double? wallet, ref double? cluster, ref double? token, ref double? context)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            wallet ??= field.Score(Component(document.RootElement, "wallet"));
            cluster ??= field.Score(Component(document.RootElement, "cluster"));
            token ??= field.Score(Component(document.RootElement, "token"));
            context ??= field.Score(Component(document.RootElement, "context"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            field.Reject<int>(RejectReason.Breakdown);
        }
    }

    private static double? Component(JsonElement breakdown, string name) =>
        !breakdown.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? double.Parse(value.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture)
        : value.GetDouble();

    private static string Content(Signal s) => string.Create(CultureInfo.InvariantCulture,
        $"{s.Time.Ticks}|{s.WalletAddress}|{s.TokenAddress}|{s.WalletScore:R}|{s.ClusterScore:R}|{s.TokenScore:R}|{s.ContextScore:R}|{s.ClusterAmplification:R}|{s.PriceUsd:R}|{s.LiquidityUsd:R}|{s.MarketCapUsd:R}|{s.TokenAgeMinutes:R}|{s.ActualTraded}");
}
