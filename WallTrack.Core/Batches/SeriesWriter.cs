using System.Buffers.Binary;
using System.Text;
using WallTrack.History;
using WallTrack.Simulation;

namespace WallTrack.Batches;

/// <summary>
/// Gathers the replays of one slice over one window into one block of bytes, of which <see cref="SeriesReader"/> gives
/// any one back in every bit. Reusable, not safe for two threads at once.
/// </summary>
internal sealed class SeriesWriter(HistoryWindow window)
{
    private readonly List<byte[]> _results = [];

    /// <returns>The replay's place in the block, from 0.</returns>
    internal int Add(Replay replay)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        var series = ResultSeries.Of(replay, window);
        writer.Write(series.Trades.Length);
        foreach (var trade in series.Trades)
        {
            writer.Write(trade.SignalId.ToByteArray());
            writer.Write(trade.TokenAddress);
            writer.Write(trade.WalletAddress);
            writer.Write(trade.Score);
            writer.Write(trade.EntryTime.Ticks);
            writer.Write(trade.RawPrice);
            writer.Write(trade.EntryPrice);
            writer.Write(trade.SizeSol);
            writer.Write(trade.Quantity);
            writer.Write(trade.ExitTime.Ticks);
            writer.Write(trade.PnlSol);
            writer.Write(trade.FeesSol);
            writer.Write(trade.Fills.Length);
            foreach (var fill in trade.Fills)
            {
                writer.Write(fill.Time);
                writer.Write((int)fill.Reason);
                writer.Write(fill.Quantity);
                writer.Write(fill.Price);
                writer.Write(fill.ProceedsSol);
            }
        }

        writer.Write(series.Equity.Length);
        foreach (var value in series.Equity)
        {
            writer.Write(value);
        }

        writer.Flush();
        _results.Add(bytes.ToArray());
        return _results.Count - 1;
    }

    internal byte[] ToArray()
    {
        var at = SeriesBlock.HeaderBytes + (_results.Count * sizeof(int));
        var block = new byte[at + _results.Sum(result => result.Length)];
        block[0] = SeriesBlock.Version;
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(SeriesBlock.CountAt), _results.Count);
        for (var (i, end) = (0, 0); i < _results.Count; i++)
        {
            _results[i].CopyTo(block, at + end);
            end += _results[i].Length;
            BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(SeriesBlock.HeaderBytes + (i * sizeof(int))), end);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(SeriesBlock.ChecksumAt), SeriesBlock.ChecksumOf(block));
        return block;
    }

    internal void Clear() => _results.Clear();
}
