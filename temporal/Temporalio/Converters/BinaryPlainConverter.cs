using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Encoding <c>binary/plain</c>: byte arrays as they are.</summary>
public class BinaryPlainConverter : IEncodingConverter
{
    /// <inheritdoc />
    public string Encoding => "binary/plain";

    /// <inheritdoc />
    public bool TryToPayload(object? value, out Payload? payload)
    {
        payload = value is byte[] bytes
            ? PayloadEncoding.CreatePayload(PayloadEncoding.BinaryPlain, ByteString.CopyFrom(bytes))
            : null;
        return payload is not null;
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The type is not a byte array.</exception>
    public object? ToValue(Payload payload, Type type) =>
        type == typeof(byte[])
            ? payload.Data.ToByteArray()
            : throw new ArgumentException($"Payload is byte array, but type is {type}");
}
