using WallTrack.Dashboard.History;
using WallTrack.History;

namespace WallTrack.Tests.HistoryPage;

public sealed class ImportRunnerTests
{
    [Fact]
    public async Task One_import_runs_at_a_time()
    {
        await using var circuit = await HistoryCircuit.CreateAsync();
        var file = new HeldFile(HeldFile.OneGoodRowOneBad);

        Assert.True(circuit.Runner.TryStart([new(ImportKind.Signals, file)]));
        await file.Begun;
        Assert.False(circuit.Runner.TryStart([new(ImportKind.MadeUp)]));
        Assert.Equal((ImportPhase.Uploading, 0.4), (circuit.Runner.Snapshot.Running!.Phase, circuit.Runner.Snapshot.Running.Fraction));

        file.Arrive();
        var outcome = await circuit.EndOfImportAsync();
        Assert.Equal(new(ImportEnd.Completed, "signals.csv: 2 rows, 1 new, 1 rejected."), outcome);
        Assert.Equal("signals.csv", Assert.Single(await circuit.Log.ListAsync()).FileName);
    }

    [Fact]
    public async Task What_was_uploaded_is_deleted_after_the_import()
    {
        await using var circuit = await HistoryCircuit.CreateAsync();
        var file = new HeldFile(HeldFile.OneGoodRowOneBad);

        circuit.Runner.TryStart([new(ImportKind.Signals, file)]);
        file.Arrive();
        await circuit.EndOfImportAsync();

        Assert.False(Directory.Exists(file.Folder!.FullName));
    }

    [Fact]
    public async Task A_cancelled_upload_stores_nothing_and_says_so()
    {
        await using var circuit = await HistoryCircuit.CreateAsync();
        var file = new HeldFile(HeldFile.OneGoodRowOneBad);
        circuit.Runner.TryStart([new(ImportKind.Signals, file)]);
        await file.Begun;

        circuit.Runner.Cancel();
        var outcome = await circuit.EndOfImportAsync();

        Assert.Equal(new(ImportEnd.Cancelled, "signals.csv was cancelled. Nothing of it was stored."), outcome);
        Assert.Empty(await circuit.Log.ListAsync());
    }

    [Fact]
    public async Task A_refusal_tells_what_was_stored_before_it()
    {
        await using var circuit = await HistoryCircuit.CreateAsync();
        var (signals, bars) = (new HeldFile(HeldFile.OneGoodRowOneBad), new DiskFile("/no/such/bars.csv"));

        circuit.Runner.TryStart([new(ImportKind.Signals, signals), new(ImportKind.Bars, bars)]);
        signals.Arrive();
        var outcome = await circuit.EndOfImportAsync();

        Assert.Equal(new(ImportEnd.Refused, "signals.csv: 2 rows, 1 new, 1 rejected. There is no file /no/such/bars.csv."), outcome);
        Assert.Single(await circuit.Log.ListAsync());
    }

    [Fact]
    public async Task After_an_import_the_next_may_start()
    {
        await using var circuit = await HistoryCircuit.CreateAsync();
        circuit.Runner.TryStart([new(ImportKind.Bars, new DiskFile("/no/such/bars.csv"))]);
        await circuit.EndOfImportAsync();

        circuit.Runner.Dismiss();
        Assert.Equal(new ImportSnapshot(null, null), circuit.Runner.Snapshot);
        Assert.True(circuit.Runner.TryStart([new(ImportKind.Bars, new DiskFile("/no/such/bars.csv"))]));
        await circuit.EndOfImportAsync();
    }

    [Theory]
    [InlineData("signals.csv", "signals.csv")]
    [InlineData("../../etc/passwd", "_.._etc_passwd")]
    [InlineData("..", "upload.csv")]
    [InlineData("", "upload.csv")]
    [InlineData("Größe:.csv", "Gr__e_.csv")]
    public void An_upload_cannot_choose_where_it_lies(string name, string expected) =>
        Assert.Equal(expected, UploadedFile.HarmlessName(name));
}
