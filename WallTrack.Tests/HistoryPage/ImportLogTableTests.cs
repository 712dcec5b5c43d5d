using Bunit;
using WallTrack.Dashboard.History;
using WallTrack.History;

namespace WallTrack.Tests.HistoryPage;

public sealed class ImportLogTableTests
{
    private static readonly DateTime Start = new(2026, 1, 5, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Rejected_rows_can_be_downloaded_and_their_reasons_read()
    {
        await using var circuit = new BunitContext();
        var record = Record(rejected: 1_234);
        var table = circuit.Render<ImportLogTable>(parameters => parameters.Add(log => log.Records, [record]));

        var link = table.Find("a");
        Assert.Equal(($"/history/imports/{record.Id}/rejects.csv", "1,234 as CSV"), (link.GetAttribute("href"), link.TextContent));
        Assert.True(link.HasAttribute("download"));
        Assert.Equal(
            ["✕ 1,200 rejected: price not above 0", "✕ 34 rejected: unparsable time", "▲ 7 rows out of order, sorted", "Columns not used: colour, mood"],
            table.FindAll("li").Select(note => note.TextContent));
    }

    [Fact]
    public async Task A_clean_import_is_one_line_without_a_link()
    {
        await using var circuit = new BunitContext();
        var table = circuit.Render<ImportLogTable>(parameters => parameters.Add(log => log.Records, [Record(rejected: 0)]));

        Assert.Empty(table.FindAll("a"));
        Assert.Equal(
            ["2026-01-05 12:00:00 UTC", "signals.csv", "signals", "10,000", "9,000", "0", "1,000", "0", "2 m 05 s"],
            table.FindAll("tbody tr > *").Select(cell => cell.TextContent.Trim()));
    }

    private static ImportRecord Record(long rejected) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = ImportKind.Signals,
        FileName = "signals.csv",
        FileHash = "00",
        StartedAt = Start,
        CompletedAt = Start.AddSeconds(125.9),
        Rows = 10_000,
        Accepted = 9_000,
        Replaced = 0,
        Duplicates = 1_000,
        Rejected = rejected,
        RejectedByReason = rejected == 0 ? [] : new() { [RejectReason.Time] = 34, [RejectReason.Price] = 1_200 },
        Warnings = rejected == 0 ? [] : new() { [ImportWarning.OutOfOrder] = 7 },
        IgnoredColumns = rejected == 0 ? [] : ["colour", "mood"],
    };
}
