using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Encoding <c>json/plain</c>: everything that System.Text.Json can serialise.</summary>
public class JsonPlainConverter : IEncodingConverter
{
    /// <summary>Creates a converter.</summary>
    /// <param name="serializerOptions">Serializer options; they also hold the serializer's type cache, so share them.</param>
    public JsonPlainConverter(JsonSerializerOptions serializerOptions) => SerializerOptions = serializerOptions;

    /// <inheritdoc />
    public virtual string Encoding => "json/plain";

    /// <summary>Serializer options.</summary>
    protected JsonSerializerOptions SerializerOptions { get; private init; }

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">The value cannot be serialised.</exception>
    public virtual bool TryToPayload(object? value, out Payload? payload)
    {
        // The array is fresh and nobody else holds it: wrap it instead of copying it.
        var json = JsonSerializer.SerializeToUtf8Bytes(value, SerializerOptions);
        payload = PayloadEncoding.CreatePayload(PayloadEncoding.JsonPlain, UnsafeByteOperations.UnsafeWrap(json));
        return true;
    }

    /// <inheritdoc />
    /// <exception cref="JsonException">The data is not JSON of that type.</exception>
    public virtual object? ToValue(Payload payload, Type type) =>
        JsonSerializer.Deserialize(payload.Data.Span, type, SerializerOptions);
}
