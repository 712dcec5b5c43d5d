namespace WallTrack.Batches;

/// <summary>
/// The time by a shared database's clock, for what machines must agree on: when a job is due, and who has not checked in
/// for long. Until it was first asked, and where no database is shared, it is this machine's.
/// </summary>
internal sealed class DatabaseClock : TimeProvider
{
    private Reading _reading = new(System, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        var reading = Volatile.Read(ref _reading);
        return reading.Machine.GetUtcNow() + reading.Ahead;
    }

    /// <param name="database">What the database's clock said.</param>
    /// <param name="machine">The clock of this machine.</param>
    /// <param name="asked">What that one said when it was asked; the answer is taken to be half as old as it took.</param>
    public void Set(DateTimeOffset database, TimeProvider machine, DateTimeOffset asked) =>
        Volatile.Write(ref _reading, new(machine, database - (asked + ((machine.GetUtcNow() - asked) / 2))));

    private sealed record Reading(TimeProvider Machine, TimeSpan Ahead);
}
