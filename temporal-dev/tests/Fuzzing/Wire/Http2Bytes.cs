using System.Buffers.Binary;
using System.Text;

namespace Temporalio.Fuzzing.Wire;

/// <summary>HTTP/2 frames by hand (RFC 9113), right or wrong.</summary>
internal static class Http2Bytes
{
    public const byte Data = 0, Headers = 1, Priority = 2, ResetStream = 3, Settings = 4, PushPromise = 5, Ping = 6, GoAway = 7, WindowUpdate = 8, Continuation = 9;

    public const byte EndStream = 1, EndHeaders = 4;

    public static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    public static byte[] Frame(byte type, byte flags, int stream, byte[] payload, int? claimedLength = null)
    {
        var frame = new byte[9 + payload.Length];
        var length = claimedLength ?? payload.Length;
        (frame[0], frame[1], frame[2]) = ((byte)(length >> 16), (byte)(length >> 8), (byte)length);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    /// <summary>Header lines without compression (RFC 7541, 6.2.2), names and values as they are.</summary>
    public static byte[] Block(params (string Name, string Value)[] headers)
    {
        var block = new List<byte>();
        foreach (var (name, value) in headers)
        {
            block.Add(0);
            Literal(block, name);
            Literal(block, value);
        }
        return [.. block];
    }

    private static void Literal(List<byte> block, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length < 127)
        {
            block.Add((byte)bytes.Length);
        }
        else
        {
            block.Add(127);
            var rest = bytes.Length - 127;
            for (; rest >= 128; rest >>= 7)
                block.Add((byte)((rest & 127) | 128));
            block.Add((byte)rest);
        }
        block.AddRange(bytes);
    }
}
