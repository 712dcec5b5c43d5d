using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace WallTrack.History;

/// <summary>
/// Bars to bytes and back, every bit kept. Prices that are decimals of at most 15 digits, as files write them, become
/// whole numbers of a common power of ten, and those become differences: open to the close before, close to open, high
/// and low to the body. Columns follow one another; Brotli has the last word.
/// </summary>
/// <remarks>
/// The decimal step is that of ALP (A. Afroozeh, L. Kuffó, P. Boncz, "ALP: Adaptive Lossless floating-Point
/// Compression", SIGMOD 2023); a column that is no such decimal is kept as raw floats.
/// </remarks>
internal static class BarCodec
{
    private const byte Version = 1;
    private const byte RawFloats = 255;
    private const int MostDecimals = 22; // 10^22 is the last power of ten that a double holds exactly
    private const double LargestWhole = 1L << 53;
    private const int Quality = 1;
    private const int WindowBits = 20;

    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, MostDecimals + 1).Select(exponent => double.Parse($"1e{exponent}"))];

    /// <param name="bars">Ascending by open time.</param>
    /// <param name="day">The UTC day that they open in.</param>
    /// <returns>The compressed columns, and the SHA-256 of the uncompressed ones.</returns>
    internal static (byte[] Data, byte[] Hash) Encode(ReadOnlySpan<Bar> bars, DateOnly day, TimeSpan interval)
    {
        var writer = new ColumnWriter(bars.Length * 40);
        writer.Byte(Version);
        writer.Unsigned((ulong)bars.Length);
        var expected = day.ToDateTime(TimeOnly.MinValue).Ticks;
        foreach (ref readonly var bar in bars)
        {
            writer.Signed(bar.OpenTime.Ticks - expected);
            expected = bar.OpenTime.Ticks + interval.Ticks;
        }

        WritePrices(writer, bars);
        WriteVolumes(writer, bars);
        var plain = writer.Written;
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        if (!BrotliEncoder.TryCompress(plain, compressed, out var length, Quality, WindowBits))
        {
            throw new InvalidOperationException("Brotli needs more room than it says that it needs at most.");
        }

        var data = new byte[sizeof(int) + length];
        BinaryPrimitives.WriteInt32LittleEndian(data, plain.Length);
        compressed.AsSpan(0, length).CopyTo(data.AsSpan(sizeof(int)));
        return (data, SHA256.HashData(plain));
    }

    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Encode"/> wrote.</exception>
    internal static Bar[] Decode(ReadOnlySpan<byte> data, int count, DateOnly day, TimeSpan interval)
    {
        var columns = new BarColumns(count);
        DecodeInto(columns, 0, count, data, day, interval);
        var volumes = new double[count];
        ReadVolumes(data, count, day, interval, volumes);
        return columns.ToBars(volumes);
    }

    /// <summary>Writes times and prices to the places [at, at + count) of the columns; volumes are passed over.</summary>
    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Encode"/> wrote for so many bars.</exception>
    internal static void DecodeInto(BarColumns columns, int at, int count, ReadOnlySpan<byte> data, DateOnly day, TimeSpan interval)
    {
        var plain = Plain(data, out var length);
        try
        {
            var reader = Open(plain.AsSpan(0, length), count);
            ReadTimes(ref reader, day, interval, columns.OpenTimes.AsSpan(at, count));
            ReadPrices(ref reader, columns.Opens.AsSpan(at, count), columns.Highs.AsSpan(at, count), columns.Lows.AsSpan(at, count), columns.Closes.AsSpan(at, count));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    private static void ReadVolumes(ReadOnlySpan<byte> data, int count, DateOnly day, TimeSpan interval, Span<double> volumes)
    {
        var plain = Plain(data, out var length);
        try
        {
            var reader = Open(plain.AsSpan(0, length), count);
            ReadTimes(ref reader, day, interval, new long[count]);
            var passedOver = new double[count];
            ReadPrices(ref reader, passedOver, passedOver, passedOver, passedOver);
            var decimals = reader.Byte();
            if (decimals == RawFloats)
            {
                reader.Floats(volumes);
                return;
            }

            foreach (ref var volume in volumes) volume = reader.Signed() / PowersOfTen[decimals];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    /// <summary>The uncompressed bytes, in a rented array.</summary>
    private static byte[] Plain(ReadOnlySpan<byte> data, out int length)
    {
        length = data.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(data);
        if (length is < 2 or > 1 << 28)
        {
            throw Damaged();
        }

        var plain = ArrayPool<byte>.Shared.Rent(length);
        if (BrotliDecoder.TryDecompress(data[sizeof(int)..], plain.AsSpan(0, length), out var written) && written == length)
        {
            return plain;
        }

        ArrayPool<byte>.Shared.Return(plain);
        throw Damaged();
    }

    private static ColumnReader Open(ReadOnlySpan<byte> plain, int count)
    {
        var reader = new ColumnReader(plain);
        return reader.Byte() == Version && reader.Unsigned() == (ulong)count ? reader : throw Damaged();
    }

    private static InvalidDataException Damaged() => new("A stored chunk of bars is damaged: import the bars of that token and day again.");

    private static void ReadTimes(ref ColumnReader reader, DateOnly day, TimeSpan interval, Span<long> times)
    {
        var expected = day.ToDateTime(TimeOnly.MinValue).Ticks;
        foreach (ref var time in times)
        {
            time = expected + reader.Signed();
            expected = time + interval.Ticks;
        }
    }

    private static void WritePrices(ColumnWriter writer, ReadOnlySpan<Bar> bars)
    {
        var decimals = 0;
        foreach (ref readonly var bar in bars)
        {
            decimals = Math.Max(Math.Max(Decimals(bar.Open, decimals), Decimals(bar.High, decimals)), Math.Max(Decimals(bar.Low, decimals), Decimals(bar.Close, decimals)));
        }

        var isDecimal = decimals <= MostDecimals;
        foreach (ref readonly var bar in bars)
        {
            isDecimal = isDecimal && IsWhole(bar.Open, decimals) && IsWhole(bar.High, decimals) && IsWhole(bar.Low, decimals) && IsWhole(bar.Close, decimals);
        }

        writer.Byte(isDecimal ? (byte)decimals : RawFloats);
        if (!isDecimal)
        {
            foreach (ref readonly var bar in bars) writer.Float(bar.Open);
            foreach (ref readonly var bar in bars) writer.Float(bar.High);
            foreach (ref readonly var bar in bars) writer.Float(bar.Low);
            foreach (ref readonly var bar in bars) writer.Float(bar.Close);
            return;
        }

        long before = 0;
        foreach (ref readonly var bar in bars)
        {
            writer.Signed(Whole(bar.Open, decimals) - before);
            before = Whole(bar.Close, decimals);
        }

        foreach (ref readonly var bar in bars) writer.Signed(Whole(bar.Close, decimals) - Whole(bar.Open, decimals));
        foreach (ref readonly var bar in bars) writer.Signed(Whole(bar.High, decimals) - Whole(Math.Max(bar.Open, bar.Close), decimals));
        foreach (ref readonly var bar in bars) writer.Signed(Whole(Math.Min(bar.Open, bar.Close), decimals) - Whole(bar.Low, decimals));
    }

    private static void ReadPrices(ref ColumnReader reader, Span<double> opens, Span<double> highs, Span<double> lows, Span<double> closes)
    {
        var decimals = reader.Byte();
        if (decimals == RawFloats)
        {
            reader.Floats(opens);
            reader.Floats(highs);
            reader.Floats(lows);
            reader.Floats(closes);
            return;
        }

        var (power, count) = (PowersOfTen[decimals], opens.Length);
        var wholes = ArrayPool<long>.Shared.Rent(2 * count);
        var openWholes = wholes.AsSpan(0, count);
        var closeWholes = wholes.AsSpan(count, count);
        foreach (ref var open in openWholes) open = reader.Signed(); // still without the close before, which comes next
        long before = 0;
        for (var i = 0; i < count; i++)
        {
            openWholes[i] += before;
            before = closeWholes[i] = openWholes[i] + reader.Signed();
            opens[i] = openWholes[i] / power;
            closes[i] = closeWholes[i] / power;
        }

        for (var i = 0; i < count; i++) highs[i] = (Math.Max(openWholes[i], closeWholes[i]) + reader.Signed()) / power;
        for (var i = 0; i < count; i++) lows[i] = (Math.Min(openWholes[i], closeWholes[i]) - reader.Signed()) / power;
        ArrayPool<long>.Shared.Return(wholes);
    }

    private static void WriteVolumes(ColumnWriter writer, ReadOnlySpan<Bar> bars)
    {
        var decimals = 0;
        foreach (ref readonly var bar in bars)
        {
            decimals = Decimals(bar.Volume, decimals);
        }

        var isDecimal = decimals <= MostDecimals;
        foreach (ref readonly var bar in bars)
        {
            isDecimal = isDecimal && IsWhole(bar.Volume, decimals);
        }

        writer.Byte(isDecimal ? (byte)decimals : RawFloats);
        foreach (ref readonly var bar in bars)
        {
            if (isDecimal) writer.Signed(Whole(bar.Volume, decimals));
            else writer.Float(bar.Volume);
        }
    }

    /// <summary>How many decimals it takes to write the number, from a number of them on; more than there may be when it takes too many.</summary>
    private static int Decimals(double number, int from)
    {
        while (from <= MostDecimals && !IsWhole(number, from))
        {
            from++;
        }

        return from;
    }

    /// <summary>Number · 10^decimals is whole, and dividing it again gives the number back, bit by bit.</summary>
    private static bool IsWhole(double number, int decimals)
    {
        var whole = Math.Round(number * PowersOfTen[decimals]);
        return Math.Abs(whole) < LargestWhole
            && BitConverter.DoubleToInt64Bits((long)whole / PowersOfTen[decimals]) == BitConverter.DoubleToInt64Bits(number);
    }

    private static long Whole(double number, int decimals) => (long)Math.Round(number * PowersOfTen[decimals]);
}

/// <summary>Numbers one after another: varints (LEB128, signed ones in zigzag) and raw floats.</summary>
internal sealed class ColumnWriter(int capacity)
{
    private byte[] _bytes = new byte[Math.Max(capacity, 64)];
    private int _length;

    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    internal void Byte(byte value)
    {
        MakeRoom();
        _bytes[_length++] = value;
    }

    internal void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    internal void Unsigned(ulong value)
    {
        MakeRoom();
        for (; value >= 0x80; value >>= 7)
        {
            _bytes[_length++] = (byte)(value | 0x80);
        }

        _bytes[_length++] = (byte)value;
    }

    internal void Float(double value)
    {
        MakeRoom();
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.AsSpan(_length), value);
        _length += sizeof(double);
    }

    private void MakeRoom()
    {
        if (_bytes.Length - _length < 16)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }
    }
}

internal ref struct ColumnReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    internal byte Byte()
    {
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    internal long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    internal ulong Unsigned()
    {
        var (value, shift, place) = (0UL, 0, 0);
        byte part;
        do
        {
            part = _rest[place++];
            value |= (ulong)(part & 0x7F) << shift;
            shift += 7;
        }
        while (part >= 0x80);
        _rest = _rest[place..];
        return value;
    }

    internal void Floats(Span<double> values)
    {
        foreach (ref var value in values)
        {
            value = BinaryPrimitives.ReadDoubleLittleEndian(_rest);
            _rest = _rest[sizeof(double)..];
        }
    }
}
