using System.Diagnostics;
using System.Text;
using WallTrack.History;

namespace WallTrack.Tests.History;

/// <summary>Files that are refused as a whole, each with one sentence.</summary>
public sealed class UnreadableFilesTests : IDisposable
{
    private const string Damaged = "File signals.csv.gz is a damaged or truncated gzip file";
    private static readonly string Large = CsvText.Of([.. Enumerable.Range(1, 2_000).Select(CsvText.SignalNumber)]);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\n\r\n\n")]
    public void An_empty_file(string text) => Assert.Equal("File signals.csv is empty.", Refusal("signals.csv", Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_file_that_is_not_there() =>
        Assert.Equal($"There is no file {_folder.At("none.csv")}.", Assert.Throws<UnreadableFileException>(() => CsvHistory.ReadSignals(_folder.At("none.csv"))).Message);

    [Fact]
    public void A_file_in_a_folder_that_is_not_there() =>
        Assert.StartsWith("There is no file ", Assert.Throws<UnreadableFileException>(() => CsvHistory.ReadBars(_folder.At("none/bars.csv"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_folder() =>
        Assert.StartsWith($"File {_folder.Path} cannot be read: ", Assert.Throws<UnreadableFileException>(() => CsvHistory.ReadSignals(_folder.Path)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_header_of_other_columns_is_quoted() =>
        Assert.Equal("File signals.csv has no column timestamp; its header names \"a\", \"b\", \"c\".", Refusal("signals.csv", "a,b,c\n1,2,3\n"u8.ToArray()));

    [Fact]
    public void A_header_of_hundreds_of_columns_is_quoted_in_part() =>
        Assert.InRange(Refusal("signals.csv", Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 500).Select(i => new string('c', 100) + i)))).Length, 50, 1_500);

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.9)]
    public void A_gzip_file_that_breaks_off_in_the_middle(double part)
    {
        var whole = TemporaryFolder.Gzipped(Large);

        Assert.StartsWith(Damaged, Refusal("signals.csv.gz", whole[..(int)(part * whole.Length)]), StringComparison.Ordinal);
    }

    // Its own header, the data, the check sum, the length: no byte can be missing at the end unnoticed.
    [Fact]
    public void A_gzip_file_that_breaks_off_anywhere()
    {
        var whole = TemporaryFolder.Gzipped(CsvText.Of([.. Enumerable.Range(1, 40).Select(CsvText.SignalNumber)]));
        for (var bytes = 0; bytes < whole.Length; bytes++)
            Refusal("signals.csv.gz", whole[..bytes]);
    }

    [Fact]
    public void A_gzip_file_whose_second_member_breaks_off_anywhere()
    {
        var first = TemporaryFolder.Gzipped(CsvText.Of(CsvText.SignalNumber(1)));
        var second = TemporaryFolder.Gzipped(CsvText.Line(CsvText.SignalNumber(2)) + "\n");
        for (var bytes = 1; bytes < second.Length; bytes++)
            Refusal("signals.csv.gz", [.. first, .. second[..bytes]]);
    }

    [Fact]
    public void A_truncated_gzip_file_of_bars()
    {
        var text = CsvText.Of([.. Enumerable.Range(0, 60).Select(minute => CsvText.Bar.With("open_time", $"2026-07-01T00:{minute:D2}:00Z"))]);
        var path = _folder.Write("bars.csv.gz", TemporaryFolder.Gzipped(text)[..^20]);

        Assert.Throws<UnreadableFileException>(() => CsvHistory.ReadBars(path));
    }

    [Fact]
    public void A_gzip_file_with_a_bit_flipped()
    {
        var bytes = TemporaryFolder.Gzipped(Large);
        bytes[bytes.Length / 2] ^= 0x10;

        Assert.StartsWith(Damaged, Refusal("signals.csv.gz", bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_alone_is_a_file_without_rows()
    {
        var (signals, report) = CsvHistory.ReadSignals(_folder.Write("signals.csv", Large[..Large.IndexOf('\n', StringComparison.Ordinal)]));

        Assert.Empty(signals);
        Assert.Equal(0, report.Rows);
    }

    [Fact]
    public void A_refused_file_is_not_held_open()
    {
        var path = _folder.Write("signals.csv", "a,b\n1,2\n");
        Assert.Throws<UnreadableFileException>(() => CsvHistory.ReadSignals(path));

        using var alone = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(alone.CanWrite);
    }

    // What a shell's <(zcat signals.csv.gz) names: it can be read once, from the start to the end, and has no length.
    [Fact]
    public async Task A_pipe_is_read_or_refused_with_a_sentence()
    {
        var (text, pipe) = (_folder.Write("signals.csv", Large), _folder.At("pipe.csv"));
        using var makePipe = Process.Start("mkfifo", [pipe]);
        await makePipe.WaitForExitAsync();
        using var writer = Process.Start(new ProcessStartInfo("sh", ["-c", "cat \"$1\" > \"$2\" 2>/dev/null", "sh", text, pipe]))!;

        var failure = await Record.ExceptionAsync(() => Task.Run(() => CsvHistory.ReadSignals(pipe)).WaitAsync(TimeSpan.FromMinutes(1)));
        await writer.WaitForExitAsync();

        Assert.True(failure is null or UnreadableFileException, failure?.ToString());
    }

    private string Refusal(string name, byte[] bytes)
    {
        var path = _folder.Write(name, bytes);
        var sentence = Assert.Throws<UnreadableFileException>(() => CsvHistory.ReadSignals(path)).Message;
        Assert.DoesNotContain('\n', sentence);
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        return sentence;
    }
}
