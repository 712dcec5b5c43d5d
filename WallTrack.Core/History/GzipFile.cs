using System.Buffers.Binary;
using System.IO.Compression;

namespace WallTrack.History;

/// <summary>
/// A gzip file unpacked in a stream that notices when the file breaks off. The framework's own stream takes the end of a
/// truncated file for the end of the data; here the length that gzip notes in its last four bytes must be reached.
/// </summary>
internal sealed class GzipFile : Stream
{
    private readonly GZipStream _unpacked;
    private readonly uint _expectedLength;
    private uint _length; // modulo 2^32, as gzip notes it

    internal GzipFile(FileStream file)
    {
        if (file.Length > sizeof(uint))
        {
            Span<byte> noted = stackalloc byte[sizeof(uint)];
            file.Position = file.Length - sizeof(uint);
            file.ReadExactly(noted);
            _expectedLength = BinaryPrimitives.ReadUInt32LittleEndian(noted);
            file.Position = 0;
        }

        _unpacked = new(file, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>By its first two bytes, since an upload may have lost its name; the stream stands at its start before and after.</summary>
    internal static bool Is(FileStream file)
    {
        var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return isGzip;
    }

    /// <exception cref="InvalidDataException">The data is damaged or ends before its time.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = _unpacked.Read(buffer);
        _length += (uint)read;
        return read > 0 || buffer.IsEmpty || _length == _expectedLength ? read
            : throw new InvalidDataException("The file ends before its data does.");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
        }

        base.Dispose(disposing);
    }
}
