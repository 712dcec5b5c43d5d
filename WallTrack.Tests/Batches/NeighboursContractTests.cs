using Microsoft.EntityFrameworkCore;
using WallTrack.Batches;
using WallTrack.Storage;
using WallTrack.Tests.Storage;
using WallTrack.Tests.Time;

namespace WallTrack.Tests.Batches;

/// <summary>Who is taken for dead.</summary>
public sealed class NeighboursContractTests(PostgreSqlServer server)
{
    private static readonly NodeLoad Idle = new(0, 0, 0, null);

    public static TheoryData<Product> Products => [Product.Sqlite, Product.PostgreSql];

    [Theory]
    [MemberData(nameof(Products))]
    public async Task A_frozen_process_that_holds_its_lock_is_gone_after_ten_seconds(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var time = new FakeTime();
        await using var frozen = new Node(test.Database, new(), new(), time);
        await frozen.BeatAsync(Idle, CancellationToken.None);
        await using var node = new Node(test.Database, new(), new(), time);
        var neighbours = new Neighbours(test.Database, node, new(), time);

        Assert.False(await IsGoneAsync(neighbours, frozen));
        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(await IsGoneAsync(neighbours, frozen));
        await frozen.BeatAsync(Idle, CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(await IsGoneAsync(neighbours, frozen));
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.True(await IsGoneAsync(neighbours, frozen));
    }

    /// <summary>A killed process leaves its row; its lock is free.</summary>
    [Theory]
    [MemberData(nameof(Products))]
    public async Task A_process_that_was_killed_is_gone_after_three_seconds(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var time = new FakeTime();
        await using var node = new Node(test.Database, new(), new(), time);
        var (neighbours, killed) = (new Neighbours(test.Database, node, new(), time), await RowOnlyAsync(test.Database));

        Assert.False(await IsGoneAsync(neighbours, killed));
        time.Advance(TimeSpan.FromSeconds(3));

        Assert.True(await IsGoneAsync(neighbours, killed));
        Assert.True(await IsGoneAsync(neighbours, killed));
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task A_process_that_lives_is_not_gone_when_its_lock_was_lost_with_a_connection(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var time = new FakeTime();
        await using var node = new Node(test.Database, new(), new(), time);
        var (neighbours, other) = (new Neighbours(test.Database, node, new(), time), await RowOnlyAsync(test.Database));
        for (var second = 0; second < 20; second++)
        {
            Assert.False(await IsGoneAsync(neighbours, other));
            await using var context = test.Database.CreateContextFactory().CreateDbContext();
            Assert.Equal(1, await context.Set<NodeRecord>().Where(record => record.Id == other).ExecuteUpdateAsync(set => set.SetProperty(record => record.Beat, record => record.Beat + 1)));
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task What_a_dead_process_left_is_cleared_away_after_a_minute(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var time = new FakeTime();
        await using var node = new Node(test.Database, new(), new(), time);
        await node.BeatAsync(Idle, CancellationToken.None);
        var (neighbours, killed) = (new Neighbours(test.Database, node, new(), time), await RowOnlyAsync(test.Database));
        await neighbours.LookAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(59));
        await neighbours.LookAsync(CancellationToken.None);
        await neighbours.ForgetAsync(CancellationToken.None);
        Assert.Equal(((Guid[])[node.Id, killed]).Order(), (await neighbours.LookAsync(CancellationToken.None)).Select(state => state.Node.Id).Order());

        time.Advance(TimeSpan.FromSeconds(1));
        await neighbours.LookAsync(CancellationToken.None);
        await neighbours.ForgetAsync(CancellationToken.None);

        var left = Assert.Single(await neighbours.LookAsync(CancellationToken.None));
        Assert.Equal((node.Id, true), (left.Node.Id, left.IsSelf));
    }

    [Fact]
    public async Task A_process_that_said_good_bye_is_gone_at_once()
    {
        await using var test = await TestDatabase.CreateAsync(Product.Sqlite, server);
        await using var node = new Node(test.Database, new(), new(), TimeProvider.System);
        var other = new Node(test.Database, new(), new(), TimeProvider.System);
        await other.BeatAsync(Idle, CancellationToken.None);
        var neighbours = new Neighbours(test.Database, node, new(), TimeProvider.System);
        Assert.False(await IsGoneAsync(neighbours, other));

        await other.DisposeAsync();

        Assert.True(await IsGoneAsync(neighbours, other));
    }

    private static Task<bool> IsGoneAsync(Neighbours neighbours, Node other) => IsGoneAsync(neighbours, other.Id);

    private static async Task<bool> IsGoneAsync(Neighbours neighbours, Guid other)
    {
        await neighbours.LookAsync(CancellationToken.None);
        return await neighbours.FateOfAsync(other, CancellationToken.None) != Fate.Lives;
    }

    private static async Task<Guid> RowOnlyAsync(Database database)
    {
        var record = new NodeRecord { Id = Guid.NewGuid(), Name = "other", Role = NodeRole.Worker, Version = "1.0.0", EngineVersion = "1", Cores = 1, StartedAt = DateTime.UnixEpoch, Beat = 7, BeatAt = DateTime.UnixEpoch, Busy = 0, Cpu = 0, MemoryBytes = 0, SlicesDone = 0, Note = null };
        await using var context = database.CreateContextFactory().CreateDbContext();
        context.Add(record);
        await context.SaveChangesAsync();
        return record.Id;
    }
}
