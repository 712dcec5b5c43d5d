using System.IO.Compression;
using System.Text;

namespace WallTrack.History;

/// <summary>
/// Keeps an import's rejected rows, however many, in bounded memory: gzipped parts in a temporary file, which the system
/// deletes with the handle.
/// </summary>
internal sealed class RejectLog : IDisposable
{
    private const int RowsAPart = 50_000;
    private const int LongestText = 4_000;
    private readonly FileStream _file = new(Path.Combine(Path.GetTempPath(), $"walltrack-rejects-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose);
    private readonly List<(long Start, int Length)> _parts = [];
    private StreamWriter? _writer;
    private int _rowsInPart;

    internal Dictionary<string, long> ByReason { get; } = [];

    internal long Count { get; private set; }

    public void Dispose()
    {
        _writer?.Dispose();
        _file.Dispose();
    }

    internal void Add(RejectedRow row)
    {
        Count++;
        ByReason[row.Reason] = ByReason.GetValueOrDefault(row.Reason) + 1;
        if (_writer is null)
        {
            _parts.Add((_file.Position, 0));
            _writer = new(new GZipStream(_file, CompressionLevel.Fastest, leaveOpen: true), new UTF8Encoding(false));
        }

        var text = row.Text.Length <= LongestText ? row.Text : row.Text[..LongestText] + "…";
        _writer.Write($"{row.Line},{row.Reason},\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n");
        if (++_rowsInPart == RowsAPart)
        {
            EndPart();
        }
    }

    internal IEnumerable<ImportRejects> Parts(Guid import)
    {
        EndPart();
        foreach (var (part, (start, length)) in _parts.Index())
        {
            var data = new byte[length];
            _file.Position = start;
            _file.ReadExactly(data);
            yield return new() { ImportId = import, Part = part, Data = data };
        }
    }

    private void EndPart()
    {
        if (_writer is null)
        {
            return;
        }

        _writer.Dispose();
        (_writer, _rowsInPart) = (null, 0);
        var start = _parts[^1].Start;
        _parts[^1] = (start, checked((int)(_file.Position - start)));
    }
}
