using System.Buffers;
using System.IO.Pipelines;
using Google.Protobuf;
using GrpcWire.Internal;

namespace GrpcWire.Server.Internal;

/// <summary>Reads the one message of a request.</summary>
internal static class GrpcRequestReader
{
    /// <summary>Reads, decompresses and parses.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="invoker">Knows the type.</param>
    /// <param name="encoding">The call's <c>grpc-encoding</c>, null for none.</param>
    /// <param name="maxBytes">Largest message accepted.</param>
    /// <param name="cancellationToken">Ends the wait for bytes.</param>
    /// <returns>The request.</returns>
    /// <exception cref="GrpcException">The body is not exactly one well-formed message within the limit.</exception>
    public static async ValueTask<IMessage> ReadAsync(
        PipeReader body, GrpcMethodInvoker invoker, string? encoding, int maxBytes, CancellationToken cancellationToken)
    {
        var result = await ReadAtLeastAsync(body, GrpcFraming.PrefixBytes, cancellationToken);
        if (result.Buffer.Length < GrpcFraming.PrefixBytes) throw GrpcErrors.Malformed("the request ends before its message");
        var (compressed, length) = ReadPrefix(result.Buffer, maxBytes);
        if (compressed && encoding != GrpcGzip.Name) throw GrpcErrors.Malformed("a compressed message without grpc-encoding");
        body.AdvanceTo(result.Buffer.GetPosition(GrpcFraming.PrefixBytes));
        result = await ReadAtLeastAsync(body, length, cancellationToken);
        if (result.Buffer.Length < length) throw GrpcErrors.Malformed("the request ends inside its message");
        var message = Parse(result.Buffer.Slice(0, length), compressed, invoker, maxBytes);
        body.AdvanceTo(result.Buffer.GetPosition(length));
        await ExpectEndAsync(body, cancellationToken);
        return message;
    }

    private static async ValueTask<ReadResult> ReadAtLeastAsync(PipeReader body, int count, CancellationToken cancellationToken)
    {
        // ReadAtLeastAsync(0) would not wait for anything, and must still give a buffer to advance in.
        var result = await body.ReadAtLeastAsync(count, cancellationToken);
        if (result.IsCanceled) throw new OperationCanceledException("The request was cancelled", cancellationToken);
        return result;
    }

    private static (bool Compressed, int Length) ReadPrefix(in ReadOnlySequence<byte> buffer, int maxBytes)
    {
        Span<byte> prefix = stackalloc byte[GrpcFraming.PrefixBytes];
        buffer.Slice(0, GrpcFraming.PrefixBytes).CopyTo(prefix);
        return GrpcFraming.ReadPrefix(prefix, maxBytes);
    }

    private static IMessage Parse(in ReadOnlySequence<byte> bytes, bool compressed, GrpcMethodInvoker invoker, int maxBytes)
    {
        try
        {
            if (!compressed) return invoker.Parse(bytes);
            using var plain = GrpcGzip.Decompress(bytes.IsSingleSegment ? bytes.First : bytes.ToArray(), maxBytes);
            return invoker.Parse(new ReadOnlySequence<byte>(plain.Written));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw GrpcErrors.Malformed("not the expected protobuf message", e);
        }
    }

    private static async ValueTask ExpectEndAsync(PipeReader body, CancellationToken cancellationToken)
    {
        var result = await body.ReadAsync(cancellationToken);
        var more = !result.Buffer.IsEmpty;
        body.AdvanceTo(result.Buffer.Start);
        if (more) throw GrpcErrors.Malformed("more than one message in a unary request");
        if (!result.IsCompleted) throw new OperationCanceledException("The request was cancelled", cancellationToken);
    }
}
