using Google.Protobuf;

namespace GrpcWire.Internal;

/// <summary>Turns a frame into a message.</summary>
internal static class GrpcMessageDecoder
{
    public static T Decode<T>(MessageParser<T> parser, GrpcFrame frame, string? encoding, int maxBytes)
        where T : IMessage<T>
    {
        try
        {
            if (!frame.Compressed) return parser.ParseFrom(frame.Bytes.Span);
            if (encoding != GrpcGzip.Name) throw GrpcErrors.Malformed($"a compressed message, but the encoding is '{encoding ?? "identity"}'");
            using var unpacked = GrpcGzip.Decompress(frame.Bytes, maxBytes);
            return parser.ParseFrom(unpacked.Written.Span);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw GrpcErrors.Malformed("not the expected protobuf message", e);
        }
    }
}
