using System.Buffers.Binary;
using System.Text;

namespace WallTrack.Tests.Browser.Circuits;

/// <summary>
/// As much of MessagePack as the circuit's protocol needs: https://github.com/msgpack/msgpack/blob/master/spec.md. Each
/// message has its length before it, seven bits a byte.
/// </summary>
internal static class PackedMessages
{
    /// <summary>A call of the server, <c>[1, {}, id, target, arguments]</c>.</summary>
    /// <param name="id">Null: no answer is awaited.</param>
    public static byte[] Call(string? id, string target, params object?[] arguments)
    {
        List<byte> payload = [0x95, 0x01, 0x80];
        Write(payload, id);
        Write(payload, target);
        payload.Add((byte)(0x90 | arguments.Length));
        foreach (var argument in arguments)
            Write(payload, argument);
        var length = new List<byte>();
        for (var left = payload.Count; left > 0 || length.Count == 0; left >>= 7)
            length.Add((byte)((left & 0x7f) | (left > 0x7f ? 0x80 : 0)));
        return [.. length, .. payload];
    }

    /// <summary>Takes the messages that are whole off the front.</summary>
    /// <returns>Their parts, and how many bytes they were.</returns>
    public static (List<object?[]> Messages, int Used) Read(ReadOnlySpan<byte> received)
    {
        var (messages, used) = (new List<object?[]>(), 0);
        while (true)
        {
            var (length, at, shift) = (0, used, 0);
            while (at < received.Length && (received[at] & 0x80) != 0)
            {
                length |= (received[at++] & 0x7f) << shift;
                shift += 7;
            }

            if (at >= received.Length)
                return (messages, used);
            length |= received[at++] << shift;
            if (at + length > received.Length)
                return (messages, used);
            var payload = received.Slice(at, length);
            messages.Add((object?[])Value(ref payload)!);
            used = at + length;
        }
    }

    private static void Write(List<byte> to, object? value)
    {
        switch (value)
        {
            case null:
                to.Add(0xc0);
                break;
            case bool truth:
                to.Add((byte)(truth ? 0xc3 : 0xc2));
                break;
            case long number:
                Span<byte> eight = stackalloc byte[8];
                BinaryPrimitives.WriteInt64BigEndian(eight, number);
                to.Add(0xd3);
                to.AddRange(eight);
                break;
            case string text:
                var letters = Encoding.UTF8.GetBytes(text);
                Span<byte> four = stackalloc byte[4];
                BinaryPrimitives.WriteInt32BigEndian(four, letters.Length);
                to.Add(0xdb);
                to.AddRange(four);
                to.AddRange(letters);
                break;
            default:
                throw new NotSupportedException($"{value.GetType()}");
        }
    }

    /// <summary>Numbers as long, blocks of bytes as such, lists as arrays; maps, of which the protocol's are empty, are passed over.</summary>
    private static object? Value(ref ReadOnlySpan<byte> from)
    {
        var kind = Take(ref from, 1)[0];
        return kind switch
        {
            < 0x80 => (long)kind,
            < 0x90 => Map(ref from, kind & 0x0f),
            < 0xa0 => List(ref from, kind & 0x0f),
            < 0xc0 => Text(ref from, kind & 0x1f),
            0xc0 => null,
            0xc2 or 0xc3 => kind == 0xc3,
            0xc4 => Take(ref from, (int)Number(ref from, 1)).ToArray(),
            0xc5 => Take(ref from, (int)Number(ref from, 2)).ToArray(),
            0xc6 => Take(ref from, (int)Number(ref from, 4)).ToArray(),
            0xcc => Number(ref from, 1),
            0xcd => Number(ref from, 2),
            0xce => Number(ref from, 4),
            0xcf or 0xd3 => Number(ref from, 8),
            0xd0 => (long)(sbyte)Number(ref from, 1),
            0xd1 => (long)(short)Number(ref from, 2),
            0xd2 => (long)(int)Number(ref from, 4),
            0xd9 => Text(ref from, (int)Number(ref from, 1)),
            0xda => Text(ref from, (int)Number(ref from, 2)),
            0xdb => Text(ref from, (int)Number(ref from, 4)),
            0xdc => List(ref from, (int)Number(ref from, 2)),
            >= 0xe0 => (long)(sbyte)kind,
            _ => throw new NotSupportedException($"MessagePack {kind:x2}"),
        };
    }

    private static object?[] List(ref ReadOnlySpan<byte> from, int count)
    {
        var list = new object?[count];
        for (var i = 0; i < count; i++)
            list[i] = Value(ref from);
        return list;
    }

    private static object? Map(ref ReadOnlySpan<byte> from, int count)
    {
        List(ref from, 2 * count);
        return null;
    }

    private static string Text(ref ReadOnlySpan<byte> from, int bytes) => Encoding.UTF8.GetString(Take(ref from, bytes));

    private static long Number(ref ReadOnlySpan<byte> from, int bytes)
    {
        var number = 0L;
        foreach (var part in Take(ref from, bytes))
            number = (number << 8) | part;
        return number;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> from, int count)
    {
        var taken = from[..count];
        from = from[count..];
        return taken;
    }
}
