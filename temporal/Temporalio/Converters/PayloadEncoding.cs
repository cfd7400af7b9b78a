using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Names of the payload metadata and encodings (Temporal data conversion), held as bytes so that no call makes them.</summary>
internal static class PayloadEncoding
{
    public const string EncodingKey = "encoding";
    public const string MessageTypeKey = "messageType";

    public static readonly ByteString BinaryNull = ByteString.CopyFromUtf8("binary/null");
    public static readonly ByteString BinaryPlain = ByteString.CopyFromUtf8("binary/plain");
    public static readonly ByteString JsonProto = ByteString.CopyFromUtf8("json/protobuf");
    public static readonly ByteString BinaryProto = ByteString.CopyFromUtf8("binary/protobuf");
    public static readonly ByteString JsonPlain = ByteString.CopyFromUtf8("json/plain");

    public static Payload CreatePayload(ByteString encoding, ByteString? data = null)
    {
        var payload = new Payload { Data = data ?? ByteString.Empty };
        payload.Metadata.Add(EncodingKey, encoding);
        return payload;
    }
}
