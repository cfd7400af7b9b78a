using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>
/// Payload converter for one encoding. An implementation may also implement <see cref="IWithSerializationContext{T}"/> of
/// <c>IEncodingConverter</c>.
/// </summary>
public interface IEncodingConverter
{
    /// <summary>Name of the encoding, which goes into the <c>encoding</c> metadata of every payload it makes.</summary>
    string Encoding { get; }

    /// <summary>Converts a value if this encoding can hold it.</summary>
    /// <param name="value">Value, or null.</param>
    /// <param name="payload">Payload with its encoding set, if the result is true.</param>
    /// <returns>False if the next converter is to be asked.</returns>
    bool TryToPayload(object? value, out Payload? payload);

    /// <summary>Converts a payload of this encoding.</summary>
    /// <param name="payload">Payload whose encoding is <see cref="Encoding"/>.</param>
    /// <param name="type">Type wanted.</param>
    /// <returns>Value of that type.</returns>
    object? ToValue(Payload payload, Type type);
}
