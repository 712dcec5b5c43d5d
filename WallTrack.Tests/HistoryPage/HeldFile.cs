using WallTrack.Dashboard.History;

namespace WallTrack.Tests.HistoryPage;

/// <summary>An upload that arrives when the test says so.</summary>
internal sealed record HeldFile(string Text, string Name = "signals.csv") : ImportSource(Name)
{
    public const string Header = "timestamp,wallet_address,token_address,wallet,price_usd\n";

    /// <summary>The second row's price is not above 0.</summary>
    public const string OneGoodRowOneBad = Header + GoodRow + "2026-01-05T12:01:00Z,9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM,DezXAZ8z7PnrnRJjz3wXBoRgixCa6xjnB8263Lr9bWBj,0.7,-1\n";

    private const string GoodRow = "2026-01-05T12:00:00Z,9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM,DezXAZ8z7PnrnRJjz3wXBoRgixCa6xjnB8263Lr9bWBj,0.7,0.001\n";

    private readonly TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _begin = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override bool IsUpload => true;

    /// <summary>Its upload stands at 40 % and waits.</summary>
    public Task Begun => _begin.Task;

    /// <summary>The folder it was staged to; null before.</summary>
    public DirectoryInfo? Folder { get; private set; }

    public void Arrive() => _arrival.SetResult();

    public override async Task<StagedFile> StageAsync(IProgress<double> progress, CancellationToken cancellation)
    {
        progress.Report(0.4);
        _begin.SetResult();
        await _arrival.Task.WaitAsync(cancellation);
        Folder = Directory.CreateTempSubdirectory("walltrack-held-");
        var path = Path.Combine(Folder.FullName, Name);
        await File.WriteAllTextAsync(path, Text, cancellation);
        return new(path, Folder);
    }
}
