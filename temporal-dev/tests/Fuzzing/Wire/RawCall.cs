namespace Temporalio.Fuzzing.Wire;

/// <summary>A request as it goes over the wire: anything may be wrong with it.</summary>
internal sealed record RawCall
{
    /// <summary>Gets <c>/service/method</c>.</summary>
    public required string Path { get; init; }

    public HttpMethod Method { get; init; } = HttpMethod.Post;

    /// <summary>Gets the body, frames included.</summary>
    public required byte[] Body { get; init; }

    public string? ContentType { get; init; } = "application/grpc";

    /// <summary>Gets <c>grpc-timeout</c>; null sends none.</summary>
    public string? Timeout { get; init; } = "3000m";

    /// <summary>Gets more headers, values unchecked.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Puts a message into one gRPC frame.</summary>
    public static byte[] Frame(byte[] message, byte flag = 0, int? claimedLength = null)
    {
        var frame = new byte[message.Length + 5];
        frame[0] = flag;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), claimedLength ?? message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }
}
