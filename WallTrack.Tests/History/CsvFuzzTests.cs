using System.IO.Compression;
using System.Text;
using WallTrack.History;

namespace WallTrack.Tests.History;

/// <summary>
/// Twenty thousand spoilt files: each ends in a report whose counts add up, or in a refusal of one sentence. Nothing else
/// may come out of a reader, whatever goes in.
/// </summary>
/// <remarks>The memory that is looked at is that of the whole process, so nothing else runs beside them.</remarks>
[CollectionDefinition(nameof(CsvFuzzTests), DisableParallelization = true)]
[Collection(nameof(CsvFuzzTests))]
public sealed class CsvFuzzTests
{
    private const int FilesAKind = 10_000;
    private const string Token = "Token111111111111111111111111111111111111111";
    private static readonly string[] Values = ["", " ", "NaN", "Infinity", "-Infinity", "1e400", "-1", "0", "1e-400", "0x10", "1,5", "\"", "\"\"", "\0", "null", "é", "99999999999999999999", "2026-13-45T99:99:99Z", "1e308", new('9', 5_000), "{\"wallet\":2}", "true", "\t", "١٢٣"];

    [Fact]
    public void Spoilt_signals_end_in_a_report_or_a_refusal() => Fuzz(
        ["id", "timestamp", "wallet_address", "token_address", "wallet", "cluster", "price_usd", "score_breakdown"],
        random => [Guid.NewGuid().ToString(), "2026-07-01T00:00:00Z", Token, Token, "0.5", "0.7", "1.5", "\"{\"\"token\"\":0.5}\""],
        path => CsvHistory.ReadSignals(path).Report);

    [Fact]
    public void Spoilt_bars_end_in_a_report_or_a_refusal() => Fuzz(
        ["token_address", "open_time", "interval_seconds", "open", "high", "low", "close", "volume"],
        random => [Token, $"2026-07-01T00:{random.Next(60):00}:00Z", "60", "2", "3", "1", "2", "100"],
        path => CsvHistory.ReadBars(path).Report);

    private static void Fuzz(string[] header, Func<Random, string[]> row, Func<string, FileReport> read)
    {
        var random = new Random(42);
        using var folder = new TemporaryFolder();
        var (reports, refusals, rejects) = (0, 0, 0L);
        var path = folder.At("spoilt.csv");
        for (var file = 0; file < FilesAKind; file++)
        {
            File.WriteAllBytes(path, Spoilt(random, header, row));
            try
            {
                var report = read(path);
                reports++;
                rejects += report.Rejected.Count;
                Assert.Equal(report.Rows, report.Kept + report.Duplicates + report.Replaced + report.Rejected.Count);
                Assert.All(report.Rejected, rejected => Assert.True(rejected.Line > 1 && rejected.Reason.Length > 0));
            }
            catch (UnreadableFileException refusal)
            {
                refusals++;
                Assert.DoesNotContain('\n', refusal.Message);
            }
        }

        Assert.True(reports > FilesAKind / 4 && refusals > FilesAKind / 50 && rejects > FilesAKind / 2, $"{reports} reports, {refusals} refusals, {rejects} rejected rows: the files are too alike to prove anything");
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) < 512 << 20, "memory is not given back");
    }

    private static byte[] Spoilt(Random random, string[] header, Func<Random, string[]> row)
    {
        var lineEnds = new[] { "\n", "\r\n", "\r", "\n\n" };
        var rows = Enumerable.Range(0, random.Next(0, 6)).Select(_ => row(random)).ToList();
        var text = new StringBuilder(string.Join(',', random.Next(12) == 0 ? [.. header.Where(_ => random.Next(4) > 0)] : header));
        foreach (var fields in rows)
        {
            if (random.Next(2) == 0)
                fields[random.Next(fields.Length)] = Values[random.Next(Values.Length)];
            text.Append(lineEnds[random.Next(10) == 0 ? random.Next(lineEnds.Length) : 0]).Append(string.Join(',', random.Next(20) == 0 ? fields.Take(random.Next(fields.Length)) : fields));
        }

        var bytes = random.Next(25) switch
        {
            0 => Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(text.ToString())).ToArray(),
            1 => Encoding.Latin1.GetBytes(text.ToString()),
            2 => Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(text.ToString())).ToArray(),
            3 => [],
            _ => Encoding.UTF8.GetBytes(text.ToString()),
        };
        for (var flips = random.Next(4) == 0 ? random.Next(1, 6) : 0; flips > 0 && bytes.Length > 0; flips--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        if (random.Next(10) == 0)
            bytes = bytes[..random.Next(bytes.Length + 1)];
        return random.Next(8) == 0 ? Packed(random, bytes) : bytes;
    }

    /// <summary>Gzipped, often cut short or with a wrong byte.</summary>
    private static byte[] Packed(Random random, byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        var result = packed.ToArray();
        if (result.Length < 3)
            return result;
        if (random.Next(3) == 0)
            result = result[..random.Next(2, result.Length)];
        else if (random.Next(3) == 0)
            result[random.Next(2, result.Length)] ^= (byte)(1 << random.Next(8));
        return result;
    }
}
