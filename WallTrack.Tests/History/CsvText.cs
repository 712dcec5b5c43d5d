namespace WallTrack.Tests.History;

/// <summary>Texts of signals.csv and bars.csv, written column by column, so that a test names only what it is about.</summary>
internal static class CsvText
{
    public const string Wallet = "Wa11et1111111111111111111111111111111111111";
    public const string Token = "Token111111111111111111111111111111111111111";

    /// <summary>A good signal.</summary>
    public static readonly (string Column, string Value)[] Signal =
    [
        ("id", "00000000-0000-0000-0000-000000000001"), ("timestamp", "2026-07-01T00:00:30Z"), ("wallet_address", Wallet), ("token_address", Token),
        ("wallet", "0.9"), ("cluster", "0.8"), ("token", "0.7"), ("context", "0.6"), ("cluster_amplification", "1.25"), ("price_usd", "0.000012"),
        ("liquidity_usd", "5000"), ("market_cap_usd", "12000"), ("token_age_minutes", "33.5"), ("actual_traded", "true"),
    ];

    /// <summary>A good bar.</summary>
    public static readonly (string Column, string Value)[] Bar =
    [
        ("token_address", Token), ("open_time", "2026-07-01T00:00:00Z"), ("interval_seconds", "60"),
        ("open", "1"), ("high", "2"), ("low", "0.5"), ("close", "1.5"), ("volume", "10"),
    ];

    /// <summary>The header of these columns and one line a row.</summary>
    public static string Of(params (string Column, string Value)[][] rows) =>
        string.Concat(rows.Prepend([.. rows[0].Select(field => (field.Column, field.Column))]).Select(row => Line(row) + "\n"));

    /// <summary>The row's values as one line, without its end.</summary>
    public static string Line((string Column, string Value)[] row) => string.Join(',', row.Select(field => Quoted(field.Value)));

    public static (string Column, string Value)[] With(this (string Column, string Value)[] row, string column, string value) =>
        [.. row.Select(field => field.Column == column ? (column, value) : field)];

    public static (string Column, string Value)[] Without(this (string Column, string Value)[] row, params string[] columns) =>
        [.. row.Where(field => !columns.Contains(field.Column))];

    public static (string Column, string Value)[] Renamed(this (string Column, string Value)[] row, string column, string name) =>
        [.. row.Select(field => field.Column == column ? (name, field.Value) : field)];

    /// <summary>The good signal with that number for an id.</summary>
    public static (string Column, string Value)[] SignalNumber(int number) => Signal.With("id", $"00000000-0000-0000-0000-{number:D12}");

    private static string Quoted(string value) => value.AsSpan().IndexOfAny(",\"") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
