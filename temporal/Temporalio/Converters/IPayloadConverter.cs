using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>
/// Turns values into payloads and back. Workflows use it, so it must be deterministic and must not wait for anything. An
/// implementation may also implement <see cref="IWithSerializationContext{T}"/> of <c>IPayloadConverter</c>.
/// </summary>
/// <seealso cref="DefaultPayloadConverter"/>
public interface IPayloadConverter
{
    /// <summary>Converts a value.</summary>
    /// <param name="value">Value, or null.</param>
    /// <returns>Payload, not yet encoded by a codec.</returns>
    Payload ToPayload(object? value);

    /// <summary>Converts a payload.</summary>
    /// <param name="payload">Payload, already decoded by the codec.</param>
    /// <param name="type">Type wanted.</param>
    /// <returns>Value of that type.</returns>
    object? ToValue(Payload payload, Type type);
}
