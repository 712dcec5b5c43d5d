using System.Collections.Immutable;

namespace WallTrack.Batches.Packing;

/// <summary>The addresses that a block names, numbered from 0 in order of first sight.</summary>
/// <remarks>
/// Written in six bits a character when all are of base58's alphabet, else in sixteen; the first byte of an address is
/// its length in the first case and <see cref="Wide"/> in the second. What an address is written as is kept for the next block.
/// </remarks>
internal sealed class AddressBook(ImmutableArray<string> addresses)
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const byte Wide = 255;
    private readonly byte[]?[] _written = new byte[addresses.Length][];
    private readonly int[] _numbers = new int[addresses.Length]; // by place in the window: number + 1
    private readonly int[] _places = new int[addresses.Length]; // by number

    internal int Count { get; private set; }

    internal void Clear()
    {
        foreach (var place in _places.AsSpan(0, Count))
        {
            _numbers[place] = 0;
        }

        Count = 0;
    }

    /// <param name="place">In the window.</param>
    internal int NumberOf(int place)
    {
        if (_numbers[place] == 0)
        {
            _places[Count] = place;
            _numbers[place] = ++Count;
        }

        return _numbers[place] - 1;
    }

    internal void WriteTo(PackedWriter to)
    {
        to.Int32(Count);
        foreach (var place in _places.AsSpan(0, Count))
        {
            to.Bytes(_written[place] ??= Written(addresses[place]));
        }
    }

    internal static string[] Read(ref PackedReader from)
    {
        var texts = new string[from.CountOfAtLeast(1)];
        foreach (ref var text in texts.AsSpan())
        {
            text = ReadOne(ref from);
        }

        return texts;
    }

    private static byte[] Written(string address)
    {
        if (address.Length >= Wide || address.AsSpan().ContainsAnyExcept(Alphabet))
        {
            return [Wide, .. BitConverter.GetBytes(address.Length), .. address.SelectMany(character => new[] { (byte)character, (byte)(character >> 8) })];
        }

        var bytes = new byte[1 + PackedLength(address.Length)];
        bytes[0] = (byte)address.Length;
        for (var i = 0; i < address.Length; i++)
        {
            var (at, bits) = (1 + (i * 6 / 8), Alphabet.IndexOf(address[i], StringComparison.Ordinal) << (i * 6 % 8));
            bytes[at] |= (byte)bits;
            if (bits > byte.MaxValue)
            {
                bytes[at + 1] |= (byte)(bits >> 8);
            }
        }

        return bytes;
    }

    private static string ReadOne(ref PackedReader from)
    {
        var length = (int)from.Byte();
        if (length == Wide)
        {
            var wide = from.Bytes(checked(from.Int32() * 2));
            return string.Create(wide.Length / 2, wide, (text, bytes) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    text[i] = (char)(bytes[2 * i] | (bytes[(2 * i) + 1] << 8));
                }
            });
        }

        var packed = from.Bytes(PackedLength(length));
        Span<char> characters = stackalloc char[length];
        for (var i = 0; i < length; i++)
        {
            var (at, shift) = (i * 6 / 8, i * 6 % 8);
            var number = (packed[at] >> shift) | (shift > 2 ? packed[at + 1] << (8 - shift) : 0);
            characters[i] = (number & 63) < Alphabet.Length ? Alphabet[number & 63] : throw SeriesBlock.Damaged();
        }

        return new(characters);
    }

    private static int PackedLength(int characters) => ((characters * 6) + 7) / 8;
}
