using Google.Protobuf.Collections;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Converters;

/// <summary>Conveniences around <see cref="IPayloadCodec"/>.</summary>
public static class PayloadCodecExtensions
{
    /// <summary>Encodes one payload where there can be only one, such as a header or memo field.</summary>
    /// <param name="codec">Codec to use.</param>
    /// <param name="payload">Payload to encode.</param>
    /// <returns>The encoded payload.</returns>
    public static async Task<Payload> EncodeSingleAsync(this IPayloadCodec codec, Payload payload) =>
        (await codec.EncodeAsync([payload]).ConfigureAwait(false)).Single();

    /// <summary>Decodes one payload where there can be only one, such as a header or memo field.</summary>
    /// <param name="codec">Codec to use.</param>
    /// <param name="payload">Payload to decode.</param>
    /// <returns>The decoded payload.</returns>
    public static async Task<Payload> DecodeSingleAsync(this IPayloadCodec codec, Payload payload) =>
        (await codec.DecodeAsync([payload]).ConfigureAwait(false)).Single();

    /// <summary>Encodes every payload of a failure and of its causes, in place.</summary>
    /// <param name="codec">Codec to use.</param>
    /// <param name="failure">Failure to change.</param>
    /// <returns>A task that ends when it is done.</returns>
    public static Task EncodeFailureAsync(this IPayloadCodec codec, Failure failure) =>
        ApplyToFailureAsync(failure, codec.EncodeAsync);

    /// <summary>Decodes every payload of a failure and of its causes, in place.</summary>
    /// <param name="codec">Codec to use.</param>
    /// <param name="failure">Failure to change; clone one that is shared, since decoding twice breaks it.</param>
    /// <returns>A task that ends when it is done.</returns>
    public static Task DecodeFailureAsync(this IPayloadCodec codec, Failure failure) =>
        ApplyToFailureAsync(failure, codec.DecodeAsync);

    private static async Task ApplyToFailureAsync(
        Failure failure, Func<IReadOnlyCollection<Payload>, Task<IReadOnlyCollection<Payload>>> apply)
    {
        for (var current = failure; current is not null; current = current.Cause)
        {
            if (current.EncodedAttributes is { } attributes)
            {
                current.EncodedAttributes = (await apply([attributes]).ConfigureAwait(false)).Single();
            }
            if (DetailsOf(current) is { Count: > 0 } details)
            {
                // Copied both ways: a codec may keep what it was given and may answer lazily.
                var changed = (await apply(details.ToArray()).ConfigureAwait(false)).ToArray();
                details.Clear();
                details.Add(changed);
            }
        }
    }

    private static RepeatedField<Payload>? DetailsOf(Failure failure) => failure.FailureInfoCase switch
    {
        Failure.FailureInfoOneofCase.ApplicationFailureInfo => failure.ApplicationFailureInfo.Details?.Payloads_,
        Failure.FailureInfoOneofCase.TimeoutFailureInfo => failure.TimeoutFailureInfo.LastHeartbeatDetails?.Payloads_,
        Failure.FailureInfoOneofCase.CanceledFailureInfo => failure.CanceledFailureInfo.Details?.Payloads_,
        Failure.FailureInfoOneofCase.ResetWorkflowFailureInfo =>
            failure.ResetWorkflowFailureInfo.LastHeartbeatDetails?.Payloads_,
        _ => null,
    };
}
