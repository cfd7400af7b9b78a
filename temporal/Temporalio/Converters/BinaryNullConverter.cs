using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Encoding <c>binary/null</c>: no data.</summary>
public class BinaryNullConverter : IEncodingConverter
{
    /// <inheritdoc />
    public string Encoding => "binary/null";

    /// <inheritdoc />
    public bool TryToPayload(object? value, out Payload? payload)
    {
        payload = value is null ? PayloadEncoding.CreatePayload(PayloadEncoding.BinaryNull) : null;
        return payload is not null;
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">There is data, or the type cannot be null.</exception>
    public object? ToValue(Payload payload, Type type)
    {
        if (payload.Data.Length > 0)
        {
            throw new ArgumentException("Expected empty data for binary/null");
        }
        if (type.IsValueType && Nullable.GetUnderlyingType(type) is null)
        {
            throw new ArgumentException($"Payload is null, but {type} is not nullable");
        }
        return null;
    }
}
