using System.Buffers;

namespace Settlement.BankSimulator.Journal;

/// <summary>Reads lines of bounded length from the start of a stream.</summary>
internal sealed class JournalReader : IDisposable
{
    private readonly Stream stream;
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(JournalFormat.MaxLineBytes * 2);
    private int start;
    private int end;

    public JournalReader(Stream stream)
    {
        this.stream = stream;
        stream.Seek(0, SeekOrigin.Begin);
    }

    /// <summary>Whether the last line read ended with a newline.</summary>
    public bool LineWasComplete { get; private set; }

    /// <summary>Whether anything follows the last line read.</summary>
    public bool HasMore => start < end || Fill();

    /// <summary>The next line without its newline, or null at the end; a line beyond the bound comes in pieces that fail their checksum.</summary>
    public ReadOnlyMemory<byte>? ReadLine()
    {
        var scanned = 0;
        while (true)
        {
            var at = buffer.AsSpan(start + scanned, end - start - scanned).IndexOf((byte)'\n');
            if (at >= 0)
                return Take(scanned + at, complete: true);
            scanned = end - start;
            if (scanned >= JournalFormat.MaxLineBytes)
                return Take(scanned, complete: false);
            if (!Fill())
                return scanned == 0 ? null : Take(scanned, complete: false);
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private ReadOnlyMemory<byte> Take(int length, bool complete)
    {
        var line = buffer.AsMemory(start, length);
        start += complete ? length + 1 : length;
        LineWasComplete = complete;
        return line;
    }

    private bool Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        var read = stream.Read(buffer, end, buffer.Length - end);
        end += read;
        return read > 0;
    }
}
