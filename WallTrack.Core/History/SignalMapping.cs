using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WallTrack.History;

internal sealed class SignalMapping : IEntityTypeConfiguration<Signal>
{
    internal const string Table = "signals";

    /// <summary>In the order of <see cref="Row"/>.</summary>
    internal static readonly string[] Columns =
    [
        "id", "timestamp", "wallet_address", "token_address", "wallet", "cluster", "token", "context", "cluster_amplification",
        "price_usd", "liquidity_usd", "market_cap_usd", "token_age_minutes", "actual_traded",
    ];

    internal static object?[] Row(Signal signal) =>
    [
        signal.Id, signal.Time, signal.WalletAddress, signal.TokenAddress, signal.WalletScore, signal.ClusterScore, signal.TokenScore,
        signal.ContextScore, signal.ClusterAmplification, signal.PriceUsd, signal.LiquidityUsd, signal.MarketCapUsd, signal.TokenAgeMinutes, signal.ActualTraded,
    ];

    public void Configure(EntityTypeBuilder<Signal> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(signal => signal.Id);
        builder.HasIndex(signal => signal.Time);
        builder.Property(signal => signal.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(signal => signal.Time).HasColumnName("timestamp");
        builder.Property(signal => signal.WalletAddress).HasColumnName("wallet_address").HasMaxLength(44);
        builder.Property(signal => signal.TokenAddress).HasColumnName("token_address").HasMaxLength(44);
        builder.Property(signal => signal.WalletScore).HasColumnName("wallet");
        builder.Property(signal => signal.ClusterScore).HasColumnName("cluster");
        builder.Property(signal => signal.TokenScore).HasColumnName("token");
        builder.Property(signal => signal.ContextScore).HasColumnName("context");
        builder.Property(signal => signal.ClusterAmplification).HasColumnName("cluster_amplification");
        builder.Property(signal => signal.PriceUsd).HasColumnName("price_usd");
        builder.Property(signal => signal.LiquidityUsd).HasColumnName("liquidity_usd");
        builder.Property(signal => signal.MarketCapUsd).HasColumnName("market_cap_usd");
        builder.Property(signal => signal.TokenAgeMinutes).HasColumnName("token_age_minutes");
        builder.Property(signal => signal.ActualTraded).HasColumnName("actual_traded");
    }
}
