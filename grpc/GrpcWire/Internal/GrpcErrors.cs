using System.Globalization;

namespace GrpcWire.Internal;

/// <summary>The errors that the wire itself raises, worded alike on both sides.</summary>
internal static class GrpcErrors
{
    public static GrpcException Malformed(string what, Exception? cause = null) =>
        new(GrpcStatusCode.Internal, $"grpc: malformed message: {what}", innerException: cause) { IsTransportFailure = true };

    // Official Temporal clients recognise an oversized message by how this text begins, and do not retry it.
    public static GrpcException TooLarge(long length, int maxBytes) => new(
        GrpcStatusCode.ResourceExhausted,
        string.Create(CultureInfo.InvariantCulture, $"grpc: received message larger than max ({length} vs. {maxBytes})"));

    public static GrpcException TooLargeDecompressed(int maxBytes) => new(
        GrpcStatusCode.ResourceExhausted,
        string.Create(CultureInfo.InvariantCulture, $"grpc: message after decompression larger than max ({maxBytes})"));

    public static GrpcException DeadlineExceeded() => new(GrpcStatusCode.DeadlineExceeded, "Deadline exceeded");
}
