using WallTrack.Batches;
using WallTrack.Batches.Packing;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Tests.Simulation;

namespace WallTrack.Tests.Batches;

public sealed class SeriesDamageTests
{
    private static readonly byte[] Block = MakeBlock();

    [Fact]
    public void Every_truncation_is_noticed()
    {
        for (var length = 0; length < Block.Length; length++)
            IsDamaged(Block[..length]);
    }

    [Fact]
    public void Bytes_that_were_appended_are_noticed()
    {
        IsDamaged([.. Block, 0]);
        IsDamaged([.. Block, .. Block]);
    }

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        var block = Block.ToArray();
        for (var bit = 0; bit < block.Length * 8; bit++)
        {
            block[bit / 8] ^= (byte)(1 << (bit % 8));
            IsDamaged(block);
            block[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Equal(3, SeriesReader.CountOf(block));
    }

    [Fact]
    public void Overwritten_zeroed_and_exchanged_parts_are_noticed()
    {
        var random = new Random(5);
        for (var round = 0; round < 5_000; round++)
        {
            var block = Block.ToArray();
            var (at, length) = (random.Next(block.Length), random.Next(1, 100));
            var part = block.AsSpan(at, Math.Min(length, block.Length - at));
            switch (random.Next(3))
            {
                case 0: random.NextBytes(part); break;
                case 1: part.Clear(); break;
                default: part.Reverse(); break;
            }

            if (!block.AsSpan().SequenceEqual(Block))
                IsDamaged(block);
        }
    }

    /// <summary>A checksum may be right by chance, or by somebody's doing.</summary>
    [Fact]
    public void Damage_under_a_right_checksum_gives_some_series_or_the_same_sentence_and_never_takes_more_than_its_share()
    {
        var (random, refused) = (new Random(6), 0);
        for (var round = 0; round < 20_000; round++)
        {
            var block = Block.ToArray();
            for (var flips = random.Next(1, 9); flips > 0; flips--)
                block[random.Next(block.Length)] ^= (byte)(1 << random.Next(8));
            if (block[0] != Block[0])
                continue;
            SeriesBlock.Sign(block);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                for (var place = 0; place < Math.Min(SeriesReader.CountOf(block), 3); place++)
                    SeriesReader.Read(block, place);
            }
            catch (InvalidDataException)
            {
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000L * Block.Length);
        }

        Assert.InRange(refused, 1_000, 19_000);
    }

    [Fact]
    public void A_later_version_is_not_guessed_at()
    {
        var block = Block.ToArray();
        block[0]++;
        SeriesBlock.Sign(block);

        IsDamaged(block);
    }

    private static void IsDamaged(byte[] block)
    {
        var sentence = Assert.Throws<InvalidDataException>(() => SeriesReader.CountOf(block)).Message;
        Assert.Equal(sentence, Assert.Throws<InvalidDataException>(() => SeriesReader.Read(block, 0)).Message);
    }

    /// <summary>Small, so that all of its bits can be tried, but with something in each of its tables.</summary>
    private static byte[] MakeBlock()
    {
        var tape = new Tape().Bars("0: 1 1.2 0.9 1.1 | 1: 1.1 2.6 1 2.5 | 2: 2.5 2.5 0.1 1.2 | 400: 1.2 1.3 1.2 1.3")
            .Bars("0: 3 3.3 3 3.1 | 30: 3.1 3.2 2 2.2 | 900: 2.2 7 2.2 6.5", Tape.Other);
        for (var minute = 0; minute < 30; minute++)
            tape.Signal(minute * 7, price: 1 + (0.01 * minute), token: minute % 2 == 0 ? Tape.Token : Tape.Other, score: 1 - (0.01 * minute));
        var window = tape.Window();
        var (writer, worker) = (new SeriesWriter(window), new Simulator(window).CreateWorker());
        foreach (var stop in new[] { 0.5, 0.4, 0.8 })
            writer.Add(worker.Run(Tape.Plain(draft => (draft.StopLoss, draft.TakeProfits, draft.Moonbag, draft.MaxConcurrentPositions, draft.FeeBps) = (stop, [new(2, 0.5)], 0.2, 9, 30))).Replay!);
        return writer.ToArray();
    }
}
