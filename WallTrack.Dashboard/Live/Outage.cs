using WallTrack.Storage;

namespace WallTrack.Dashboard.Live;

/// <summary>Tells the operator of one circuit that a command met a database that was away.</summary>
internal sealed class Outage(Database database)
{
    public event Action? Changed;

    /// <summary>Null while there is nothing to tell.</summary>
    public string? Sentence { get; private set; }

    /// <returns>False when it is no such failure, and somebody else's affair.</returns>
    public bool Take(Exception failure)
    {
        if (!database.IsPassing(failure))
            return false;
        Tell($"The database does not answer at the moment ({failure.GetBaseException().Message.TrimEnd('.', ' ')}). What you asked for last may not have been done: look, and do it again when it answers.");
        return true;
    }

    public void Forget() => Tell(null);

    private void Tell(string? sentence)
    {
        if (Sentence == sentence)
            return;
        Sentence = sentence;
        Changed?.Invoke();
    }
}
