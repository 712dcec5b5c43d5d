using System.Text;
using WallTrack.History;

namespace WallTrack.Tests.History;

/// <summary>Files as different programs write them: byte-order marks, line ends, quotes, compression.</summary>
public sealed class CsvShapeTests : IDisposable
{
    private static readonly string Three = CsvText.Of(CsvText.SignalNumber(1), CsvText.SignalNumber(2).With("wallet", "bad"), CsvText.SignalNumber(3));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Unix_line_ends() => TwoAreKeptAndLineThreeRejected(Three);

    [Fact]
    public void Windows_line_ends() => TwoAreKeptAndLineThreeRejected(Three.ReplaceLineEndings("\r\n"));

    [Fact]
    public void No_line_end_at_the_end() => TwoAreKeptAndLineThreeRejected(Three.TrimEnd('\n'));

    [Fact]
    public void A_byte_order_mark() => TwoAreKeptAndLineThreeRejected("\uFEFF" + Three);

    [Fact]
    public void A_byte_order_mark_before_a_quoted_header() => TwoAreKeptAndLineThreeRejected("\uFEFF\"id\"" + Three[2..].ReplaceLineEndings("\r\n"));

    [Fact]
    public void Every_value_in_quotes() =>
        TwoAreKeptAndLineThreeRejected(string.Join('\n', Three.TrimEnd('\n').Split('\n').Select(line => string.Join(',', line.Split(',').Select(value => $"\"{value}\"")))));

    [Fact]
    public void Spaces_around_values() => TwoAreKeptAndLineThreeRejected(Three.Replace(",", " , ", StringComparison.Ordinal));

    [Fact]
    public void Empty_lines_are_passed_over_and_counted_as_lines()
    {
        var (_, report) = Read("signals.csv", Encoding.UTF8.GetBytes(Three.Replace("\n", "\n\n", StringComparison.Ordinal)));

        Assert.Equal((3, 5L), (report.Rows, Assert.Single(report.Rejected).Line));
    }

    [Fact]
    public void Gzipped()
    {
        var (signals, report) = Read("signals.csv.gz", TemporaryFolder.Gzipped(Three));

        Assert.Equal((2, 3L), (signals.Count, Assert.Single(report.Rejected).Line));
    }

    // RFC 1952, 2.2: a gzip file consists of a series of members. `cat a.csv.gz b.csv.gz`, bgzip and log rotation make them.
    [Fact]
    public void Gzipped_in_several_members()
    {
        var (signals, _) = Read("signals.csv.GZ", [.. TemporaryFolder.Gzipped(Three[..200]), .. TemporaryFolder.Gzipped(Three[200..])]);

        Assert.Equal(2, signals.Count);
    }

    // Told by its first bytes: an upload may have lost its name.
    [Theory]
    [InlineData("signals.csv", true)]
    [InlineData("signals.csv.gz", false)]
    public void Gzipped_or_not_whatever_the_name(string name, bool gzipped)
    {
        var (signals, _) = Read(name, gzipped ? TemporaryFolder.Gzipped(Three) : Encoding.UTF8.GetBytes(Three));

        Assert.Equal(2, signals.Count);
    }

    [Theory]
    [InlineData("0\".9")]
    [InlineData("\"0.9")]
    [InlineData("\"0.9\"x")]
    public void A_stray_quote_costs_its_own_row_and_no_other(string value)
    {
        var (signals, report) = Read("signals.csv", Encoding.UTF8.GetBytes(Three.Replace("bad", value, StringComparison.Ordinal)));

        Assert.Equal(2, signals.Count);
        Assert.Equal((3L, RejectReason.Number), (Assert.Single(report.Rejected).Line, report.Rejected[0].Reason));
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_cost_their_own_row_and_no_other()
    {
        var bytes = Encoding.UTF8.GetBytes(Three);
        bytes[Three.IndexOf("bad", StringComparison.Ordinal)] = 0xFF;
        var (signals, report) = Read("signals.csv", bytes);

        Assert.Equal(2, signals.Count);
        Assert.Contains("\uFFFDad", Assert.Single(report.Rejected).Text, StringComparison.Ordinal);
    }

    private void TwoAreKeptAndLineThreeRejected(string text)
    {
        var (signals, report) = Read("signals.csv", Encoding.UTF8.GetBytes(text));

        Assert.Equal(2, signals.Count);
        Assert.Equal((3L, RejectReason.Number), (Assert.Single(report.Rejected).Line, report.Rejected[0].Reason));
        Assert.Empty(report.IgnoredColumns);
    }

    private (IReadOnlyList<Signal> Signals, FileReport Report) Read(string name, byte[] bytes) => CsvHistory.ReadSignals(_folder.Write(name, bytes));
}
