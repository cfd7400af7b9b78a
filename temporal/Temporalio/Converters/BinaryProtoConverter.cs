using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Encoding <c>binary/protobuf</c>: protobuf messages in wire format.</summary>
public class BinaryProtoConverter : IEncodingConverter
{
    /// <inheritdoc />
    public string Encoding => "binary/protobuf";

    /// <inheritdoc />
    public bool TryToPayload(object? value, out Payload? payload)
    {
        if (value is not IMessage message)
        {
            payload = null;
            return false;
        }
        payload = PayloadEncoding.CreatePayload(PayloadEncoding.BinaryProto, message.ToByteString());
        payload.Metadata[PayloadEncoding.MessageTypeKey] = ByteString.CopyFromUtf8(message.Descriptor.FullName);
        return true;
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The payload holds another message than the type.</exception>
    public object? ToValue(Payload payload, Type type) =>
        ProtoTypes.CheckPayload(payload, type).Parser.ParseFrom(payload.Data);
}
