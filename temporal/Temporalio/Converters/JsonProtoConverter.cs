using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Encoding <c>json/protobuf</c>: protobuf messages in their JSON mapping.</summary>
public class JsonProtoConverter : IEncodingConverter
{
    /// <summary>Creates a converter with protobuf's default JSON.</summary>
    public JsonProtoConverter()
        : this(JsonFormatter.Default, JsonParser.Default)
    {
    }

    /// <summary>Creates a converter with its own JSON.</summary>
    /// <param name="formatter">Writes JSON.</param>
    /// <param name="parser">Reads JSON.</param>
    public JsonProtoConverter(JsonFormatter formatter, JsonParser parser)
    {
        Formatter = formatter;
        Parser = parser;
    }

    /// <inheritdoc />
    public string Encoding => "json/protobuf";

    /// <summary>Writes JSON.</summary>
    protected JsonFormatter Formatter { get; private init; }

    /// <summary>Reads JSON.</summary>
    protected JsonParser Parser { get; private init; }

    /// <inheritdoc />
    public bool TryToPayload(object? value, out Payload? payload)
    {
        if (value is not IMessage message)
        {
            payload = null;
            return false;
        }
        payload = PayloadEncoding.CreatePayload(
            PayloadEncoding.JsonProto, ByteString.CopyFromUtf8(Formatter.Format(message)));
        payload.Metadata[PayloadEncoding.MessageTypeKey] = ByteString.CopyFromUtf8(message.Descriptor.FullName);
        return true;
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The payload holds another message than the type.</exception>
    public object? ToValue(Payload payload, Type type) =>
        Parser.Parse(payload.Data.ToStringUtf8(), ProtoTypes.CheckPayload(payload, type));
}
