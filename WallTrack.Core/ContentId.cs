using System.Security.Cryptography;
using System.Text;

namespace WallTrack;

/// <summary>Ids for things that came without one: the same content has the same id, on every machine and every time.</summary>
public static class ContentId
{
    /// <summary>A version 8 UUID (RFC 9562 §5.8) made of the SHA-256 of <paramref name="kind"/> and <paramref name="content"/>.</summary>
    public static Guid Of(string kind, string content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{content}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash[..16], bigEndian: true);
    }
}
