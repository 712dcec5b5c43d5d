using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WallTrack.Batches;
using WallTrack.History;
using WallTrack.Batches.Packing;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Tests.Scenarios;
using WallTrack.Tests.Simulation;
using Replay = WallTrack.Simulation.Replay;

namespace WallTrack.Tests.Batches;

public sealed class SeriesTests
{
    [Fact]
    public void Every_bit_of_random_worlds_comes_back_from_any_place()
    {
        var (trades, seed) = (0, 0);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(RandomWorld.Arbitrary, world =>
        {
            var window = world.Window();
            var worker = new Simulator(window).CreateWorker();
            var replays = Neighbours(world.Scenario).Concat(RandomScenarios.Take(3, seed++))
                .Select(scenario => worker.Run(scenario).Replay).OfType<Replay>().ToArray();
            ComesBack(window, replays);
            trades += replays.Sum(replay => replay.Trades.Count);
            return true;
        }));

        Assert.True(trades > 2_000, $"only {trades} trades: the worlds are too dull to prove anything");
    }

    [Fact]
    public void Numbers_that_no_simulation_gives_come_back_too()
    {
        var random = new System.Random(7);
        for (var round = 0; round < 100; round++)
        {
            var replays = new RandomReplays(random);
            ComesBack(RandomReplays.Strange, [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => replays.Next(random.Next(30), random.Next(100)))]);
        }
    }

    [Fact]
    public void No_trades_one_point_no_point_and_no_result_at_all_are_stored_as_well()
    {
        var replays = new RandomReplays(new(1));

        Assert.Equal(0, SeriesReader.CountOf(new SeriesWriter(RandomReplays.Strange).ToArray()));
        ComesBack(RandomReplays.Strange, [replays.Next(0, 0)]);
        ComesBack(RandomReplays.Strange, [replays.Next(0, 1), replays.Next(3, 1), replays.Next(0, 2), replays.Next(1, 0)]);
        foreach (var points in Enumerable.Range(0, 40))
            ComesBack(RandomReplays.Strange, [replays.Next(1, points), replays.Next(1, points), replays.Next(0, points)]);
    }

    [Fact]
    public void One_trade_may_have_a_thousand_fills_and_a_signal_hundreds_of_trades()
    {
        var window = RandomReplays.Strange;
        var template = new RandomReplays(new(2)).Next(0, 5);
        Fill[] fills = [.. Enumerable.Range(0, 1_000).Select(number => new Fill(number, ExitReason.TakeProfit, number, 1, 0.1 * number))];
        Trade Of(int count) => new(3, 0, count, 0.5, 0, 0, 1, 1.01, 0.1, 10, 0, 0.01);

        ComesBack(window, [template with { Trades = new([Of(1_000)], [.. fills]) }]);
        ComesBack(window, [.. Enumerable.Range(0, 200).Select(count => template with { Trades = new([Of(count), Of(1)], [.. fills]) })]);
    }

    [Fact]
    public void A_slice_of_five_hundred_results_gives_each_back()
    {
        var replays = SmallReplays(SmallHistory.Sweep);
        var slice = Enumerable.Range(0, 500).Select(place => replays[place * 7 % replays.Length]).ToArray();

        ComesBack(SmallHistory.Window, slice);
    }

    [Fact]
    public void A_writer_that_was_used_writes_the_bytes_of_a_fresh_one()
    {
        var replays = SmallReplays(SmallHistory.Sweep);
        var used = new SeriesWriter(SmallHistory.Window);
        Write(used, replays[20..]);
        used.Clear();

        Assert.Equal(Write(new(SmallHistory.Window), replays[..20]), Write(used, replays[..20]));
    }

    [Fact]
    public void A_block_can_be_taken_before_the_last_replay_is_added()
    {
        var replays = SmallReplays(SmallHistory.Sweep);
        var writer = new SeriesWriter(SmallHistory.Window);
        Write(writer, replays[..10]);
        foreach (var replay in replays[10..])
            writer.Add(replay);

        Assert.Equal(Write(new(SmallHistory.Window), replays), writer.ToArray());
    }

    [Fact]
    public void What_scenarios_share_is_stored_once()
    {
        var replay = SmallReplays(SmallHistory.Sweep).MaxBy(replay => replay.Trades.Count)!;
        Assert.True(replay.Trades.Count > 50);
        var (once, twice) = (Write(new(SmallHistory.Window), [replay]), Write(new(SmallHistory.Window), [replay, replay]));

        // One byte for eight trades, one for eight points, and the frame.
        Assert.InRange(twice.Length - once.Length, 1, (replay.Trades.Count / 8) + (replay.Equity.Length / 8) + 64);
    }

    [Fact]
    public void A_sweep_takes_a_quarter_of_its_raw_bytes_with_fees_or_without()
    {
        Scenario[] Sweep(double feeBps, double networkFeeSol) => [.. SmallHistory.Sweep.Select(scenario => Changed(scenario, draft =>
            (draft.FeeBps, draft.NetworkFeeSol, draft.MaxConcurrentPositions) = (feeBps, networkFeeSol, 5)))];
        int BytesOf(Replay[] replays) => Write(new(SmallHistory.Window), replays).Length;
        var free = SmallReplays(Sweep(0, 0));
        var charged = SmallReplays(Sweep(30, 0.000105));

        Assert.InRange(BytesOf(free), 1, free.Sum(RawBytes) / 4);
        Assert.InRange(BytesOf(charged), 1, charged.Sum(RawBytes) / 4);
        Assert.InRange(BytesOf([.. free, .. charged]), 1, BytesOf(free) + BytesOf(charged));
    }

    [Fact]
    public async Task The_trades_read_back_say_in_results_json_what_the_replays_would_have_said()
    {
        var window = SmallHistory.Window;
        var replays = SmallReplays(Presets.All);
        var block = Write(new(window), replays);
        var expected = Presets.All.Zip(replays, (preset, replay) => ResultsEntry.Of(preset, new(preset, replay, null), window)).ToArray();
        var actual = expected.Select((entry, place) => entry with { Series = SeriesReader.Read(block, place) }).ToArray();

        Assert.True(replays.Sum(replay => replay.Trades.Count) > 100);
        Assert.Equal(await JsonAsync(window, expected), await JsonAsync(window, actual));
    }

    /// <summary>What is stored stays readable: this block was written when the format's version was 1.</summary>
    [Fact]
    public void A_block_of_version_1_reads_as_it_did()
    {
        const string block =
            "AXp6LzA/Z1+gUHg2n8VoFcEBAAAAIgIAAEQAAABJAAAAAAAAAQAAAAAAAQAAAAAAAAAAAAAAAAAAAAEAAAAsmruWLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
            "AAAAAAAAAQAAACtdCADlDAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABAAAAAR9AnP5+AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAARsA4fUFAAAA" +
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAQQJAAAAAR4Aypo7AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQjIAAAAAAAAAAABAAAAARWAhB4AAAAAAAAA" +
            "AAAAAAAAAAAAAAABAAAAAUAAAAAAAADgfwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAgAAAAEBAgEJ" +
            "BMwCAAAAAAAAAAAAAAEAAAABBAkAAAABHwBtfE0AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAAAAAQSmAAAAASgAEKXU6AAQpdToAAAAAAAAAAAAAAAA" +
            "AAAAAAAAAAAAAAAAAAAAAAAAAUAAKGvuAAAAAP//////////AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAAAAB" +
            "AgIAAAAAAAABAAAAARTAJwkAAAAAAAAAAAAAAAAAAAAAAAEAAAAABQAAAP////+i4JoKZfkjQDOgAvweL/BcZfhGFJgUAAAAAAAAzC+emkpUAAAAAAAAAAAA" +
            "AAAAAAAAAAAAAAAAAAAAAAABAAAAAA==";
        var window = new Tape().Bars("0: 1 1.2 0.9 1.1 | 1: 1.1 2.6 1 2.5 | 90: 2.5 2.5 1 1.2 | 180: 1.2 1.3 1.2 1.3").Signal(0).Signal(2, price: 2.5).Window();
        var scenario = Tape.Plain(draft => (draft.TakeProfits, draft.SlippageBps, draft.FeeBps) = ([new(2, 0.5)], 100, 30));
        var replay = new Simulator(window).CreateWorker().Run(scenario).Replay!;

        Assert.Equal(block, Convert.ToBase64String(Write(new(window), [replay])));
        Assert.Equal(SeriesText.Of(ResultSeries.Of(replay, window)), SeriesText.Of(SeriesReader.Read(Convert.FromBase64String(block), 0)));
    }

    [Fact]
    public void There_is_nothing_to_read_outside_the_places_that_were_given()
    {
        var block = Write(new(RandomReplays.Strange), [new RandomReplays(new(3)).Next(2, 3)]);

        Assert.Throws<ArgumentOutOfRangeException>(() => SeriesReader.Read(block, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SeriesReader.Read(block, 1));
    }

    /// <summary>Scenarios as a sweep has them beside each other.</summary>
    private static IEnumerable<Scenario> Neighbours(Scenario scenario) =>
    [
        scenario,
        Changed(scenario, draft => draft.MaxConcurrentPositions = 50),
        Changed(scenario, draft => draft.StopLoss = 0.3),
        Changed(scenario, draft => draft.BasePositionSol /= 2),
        Changed(scenario, draft => (draft.FeeBps, draft.NetworkFeeSol) = (25, 0.000005)),
        Changed(scenario, draft => draft.SlippageBps = 37.5),
    ];

    private static Scenario Changed(Scenario scenario, Action<ScenarioDraft> change)
    {
        var draft = scenario.ToDraft();
        change(draft);
        return Scenario.From(draft);
    }

    private static Replay[] SmallReplays(IEnumerable<Scenario> scenarios)
    {
        var worker = new Simulator(SmallHistory.Window).CreateWorker();
        return [.. scenarios.Select(scenario => worker.Run(scenario).Replay!)];
    }

    private static byte[] Write(SeriesWriter writer, Replay[] replays)
    {
        for (var place = 0; place < replays.Length; place++)
            Assert.Equal(place, writer.Add(replays[place]));
        return writer.ToArray();
    }

    private static void ComesBack(HistoryWindow window, Replay[] replays)
    {
        var block = Write(new(window), replays);

        Assert.Equal(replays.Length, SeriesReader.CountOf(block));
        foreach (var place in Enumerable.Range(0, replays.Length).Reverse())
            Assert.Equal(SeriesText.Of(ResultSeries.Of(replays[place], window)), SeriesText.Of(SeriesReader.Read(block, place)));
    }

    private static int RawBytes(Replay replay) => (replay.Trades.Count * 88) + (replay.Trades.Fills.Length * 40) + (replay.Equity.Length * 8);

    private static async Task<string> JsonAsync(HistoryWindow window, ResultsEntry[] entries)
    {
        using var stream = new MemoryStream();
        await ResultsJson.WriteAsync(stream, new(Guid.Empty, "", "completed", window.From, window.To, "1", ""), entries.ToAsyncEnumerable());
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
