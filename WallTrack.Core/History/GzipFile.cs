using System.IO.Compression;

namespace WallTrack.History;

/// <summary>
/// A gzip file unpacked in a stream that notices when the file breaks off. The framework's own stream takes the end of a
/// truncated file for the end of the data. Here a last gzip member of our own follows the file: it is only unpacked, as
/// what it is, when all before it were whole.
/// </summary>
internal sealed class GzipFile : Stream
{
    private static readonly byte[] Seal = [.. "\u0000the file was whole\u0000"u8];
    private static readonly byte[] PackedSeal = Pack(Seal);

    private readonly GZipStream _unpacked;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start; // of what is unpacked and not yet read; the last bytes are kept back, as they may be the seal
    private int _end;
    private bool _isAtEnd;

    internal GzipFile(FileStream file) => _unpacked = new(new Followed(file, PackedSeal), CompressionMode.Decompress);

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
        while (!_isAtEnd && _end - _start <= Seal.Length)
        {
            Fill();
        }

        var read = Math.Min(buffer.Length, _end - _start - (_isAtEnd ? 0 : Seal.Length));
        _buffer.AsSpan(_start, read).CopyTo(buffer);
        _start += read;
        return read;
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

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private void Fill()
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = _unpacked.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        if (read == 0)
        {
            if (!_buffer.AsSpan(_start.._end).EndsWith(Seal))
            {
                throw new InvalidDataException("The file ends before its data does.");
            }

            _end -= Seal.Length;
            _isAtEnd = true;
        }
    }

    /// <summary>A file, and then some bytes more.</summary>
    private sealed class Followed(FileStream file, byte[] more) : Stream
    {
        private int _given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var read = file.Read(buffer);
            if (read == 0)
            {
                read = Math.Min(buffer.Length, more.Length - _given);
                more.AsSpan(_given, read).CopyTo(buffer);
                _given += read;
            }

            return read;
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
                file.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
