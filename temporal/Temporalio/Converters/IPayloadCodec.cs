using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>
/// Translates payload bytes to payload bytes, for encryption or compression. It runs outside workflow code and may wait. An
/// implementation may also implement <see cref="IWithSerializationContext{T}"/> of <c>IPayloadCodec</c>.
/// </summary>
public interface IPayloadCodec
{
    /// <summary>Encodes payloads.</summary>
    /// <param name="payloads">Payloads, which must not be changed.</param>
    /// <returns>At least one payload and not more than were given.</returns>
    Task<IReadOnlyCollection<Payload>> EncodeAsync(IReadOnlyCollection<Payload> payloads);

    /// <summary>Decodes payloads.</summary>
    /// <param name="payloads">Payloads, which must not be changed.</param>
    /// <returns>Exactly the payloads that were once given to <see cref="EncodeAsync"/>.</returns>
    Task<IReadOnlyCollection<Payload>> DecodeAsync(IReadOnlyCollection<Payload> payloads);
}
