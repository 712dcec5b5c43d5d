namespace WallTrack.Batches;

/// <summary>What a process does at a moment; see <see cref="NodeRecord"/> for units.</summary>
internal sealed record NodeLoad(int Busy, double Cpu, long MemoryBytes, string? Note);

/// <summary>Measures this process from one asking to the next.</summary>
internal sealed class NodeLoadMeter(Turns turns, BatchWorks works, BatchOptions options, TimeProvider time)
{
    private long _askedAt = time.GetTimestamp();
    private TimeSpan _used = Environment.CpuUsage.TotalTime;

    /// <param name="note">Why it leaves work alone; null: it does not.</param>
    public NodeLoad Read(string? note)
    {
        var (now, used) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var elapsed = time.GetElapsedTime(_askedAt, now) * options.Cores;
        var cpu = elapsed > TimeSpan.Zero ? Math.Clamp((used - _used) / elapsed, 0, 1) : 0;
        (_askedAt, _used) = (now, used);
        return new(turns.Held, cpu, Environment.WorkingSet, note ?? (works.AreOpening ? "Reads the history of a batch, and takes part in it after that." : null));
    }
}
