using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Sdk.V1;

namespace Temporalio.Converters;

/// <summary>Conveniences around data and payload converters. Those on a data converter include its codec.</summary>
public static class ConverterExtensions
{
    /// <summary>Converts and encodes values.</summary>
    /// <param name="converter">Converter to use.</param>
    /// <param name="values">Values in order.</param>
    /// <returns>Payloads; a codec may make fewer of them than there are values.</returns>
    public static async Task<IReadOnlyCollection<Payload>> ToPayloadsAsync(
        this DataConverter converter, IReadOnlyCollection<object?> values)
    {
        var payloads = converter.PayloadConverter.ToPayloads(values);
        return converter.PayloadCodec is { } codec
            ? await codec.EncodeAsync(payloads).ConfigureAwait(false)
            : payloads;
    }

    /// <summary>Converts and encodes one value.</summary>
    /// <param name="converter">Converter to use.</param>
    /// <param name="value">Value, or null.</param>
    /// <returns>The payload.</returns>
    public static async Task<Payload> ToPayloadAsync(this DataConverter converter, object? value)
    {
        var payload = converter.PayloadConverter.ToPayload(value);
        return converter.PayloadCodec is { } codec
            ? await codec.EncodeSingleAsync(payload).ConfigureAwait(false)
            : payload;
    }

    /// <summary>Decodes and converts one payload, such as a memo or header field.</summary>
    /// <typeparam name="T">Type wanted.</typeparam>
    /// <param name="converter">Converter to use.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>The value.</returns>
    public static Task<T> ToValueAsync<T>(this DataConverter converter, Payload payload) =>
        converter.ToSingleValueAsync<T>([payload]);

    /// <summary>Decodes and converts one payload, such as a memo or header field.</summary>
    /// <param name="converter">Converter to use.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="type">Type wanted.</param>
    /// <returns>The value.</returns>
    public static Task<object?> ToValueAsync(this DataConverter converter, Payload payload, Type type) =>
        converter.ToSingleValueAsync([payload], type);

    /// <summary>Decodes payloads and converts the one value they stand for.</summary>
    /// <typeparam name="T">Type wanted.</typeparam>
    /// <param name="converter">Converter to use.</param>
    /// <param name="payloads">Payloads as received.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">They do not stand for exactly one value.</exception>
    public static async Task<T> ToSingleValueAsync<T>(
        this DataConverter converter, IReadOnlyCollection<Payload> payloads) =>
        (T)(await converter.ToSingleValueAsync(payloads, typeof(T)).ConfigureAwait(false))!;

    /// <summary>Decodes payloads and converts the one value they stand for.</summary>
    /// <param name="converter">Converter to use.</param>
    /// <param name="payloads">Payloads as received.</param>
    /// <param name="type">Type wanted.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">They do not stand for exactly one value.</exception>
    public static async Task<object?> ToSingleValueAsync(
        this DataConverter converter, IReadOnlyCollection<Payload> payloads, Type type)
    {
        if (converter.PayloadCodec is { } codec)
        {
            payloads = await codec.DecodeAsync(payloads).ConfigureAwait(false);
        }
        return payloads.Count == 1
            ? converter.PayloadConverter.ToValue(payloads.First(), type)
            : throw new ArgumentException($"Expected 1 payload, found {payloads.Count}");
    }

    /// <summary>Decodes and converts a failure.</summary>
    /// <param name="converter">Converter to use.</param>
    /// <param name="failure">Failure as received. It may be changed: clone one that is shared.</param>
    /// <returns>Exception to throw.</returns>
    public static async Task<Exception> ToExceptionAsync(this DataConverter converter, Failure failure)
    {
        if (converter.PayloadCodec is { } codec)
        {
            await codec.DecodeFailureAsync(failure).ConfigureAwait(false);
        }
        return converter.FailureConverter.ToException(failure, converter.PayloadConverter);
    }

    /// <summary>Converts and encodes an exception.</summary>
    /// <param name="converter">Converter to use.</param>
    /// <param name="exc">Exception to send.</param>
    /// <returns>The failure.</returns>
    public static async Task<Failure> ToFailureAsync(this DataConverter converter, Exception exc)
    {
        var failure = converter.FailureConverter.ToFailure(exc, converter.PayloadConverter);
        if (converter.PayloadCodec is { } codec)
        {
            await codec.EncodeFailureAsync(failure).ConfigureAwait(false);
        }
        return failure;
    }

    /// <summary>Converts values without a codec. Outside workflows the data converter is usually the right one.</summary>
    /// <param name="converter">Converter to use.</param>
    /// <param name="values">Values in order.</param>
    /// <returns>One payload for each.</returns>
    public static IReadOnlyCollection<Payload> ToPayloads(
        this IPayloadConverter converter, IReadOnlyCollection<object?> values)
    {
        if (values.Count == 0)
        {
            return [];
        }
        var payloads = new Payload[values.Count];
        var index = 0;
        foreach (var value in values)
        {
            payloads[index++] = converter.ToPayload(value);
        }
        return payloads;
    }

    /// <summary>Converts a payload without a codec.</summary>
    /// <typeparam name="T">Type wanted.</typeparam>
    /// <param name="converter">Converter to use.</param>
    /// <param name="payload">The payload, already decoded.</param>
    /// <returns>The value.</returns>
    public static T ToValue<T>(this IPayloadConverter converter, Payload payload) =>
        (T)converter.ToValue(payload, typeof(T))!;

    /// <summary>Converts a raw value.</summary>
    /// <typeparam name="T">Type wanted.</typeparam>
    /// <param name="converter">Converter to use.</param>
    /// <param name="rawValue">The raw value.</param>
    /// <returns>The value.</returns>
    public static T ToValue<T>(this IPayloadConverter converter, IRawValue rawValue) =>
        converter.ToValue<T>(rawValue.Payload);

    /// <summary>Converts a value into a raw one.</summary>
    /// <param name="converter">Converter to use.</param>
    /// <param name="value">Value, or null.</param>
    /// <returns>The raw value.</returns>
    public static RawValue ToRawValue(this IPayloadConverter converter, object? value) =>
        new(converter.ToPayload(value));

    /// <summary>Makes the metadata that user interfaces show.</summary>
    internal static async Task<UserMetadata?> ToUserMetadataAsync(
        this DataConverter converter, string? summary, string? details)
    {
        if (summary is null && details is null)
        {
            return null;
        }
        return new UserMetadata
        {
            Summary = summary is null ? null : await converter.ToPayloadAsync(summary).ConfigureAwait(false),
            Details = details is null ? null : await converter.ToPayloadAsync(details).ConfigureAwait(false),
        };
    }

    /// <summary>Reads the metadata that user interfaces show.</summary>
    internal static async Task<(string? Summary, string? Details)> FromUserMetadataAsync(
        this DataConverter converter, UserMetadata? metadata) => (
        metadata?.Summary is { } summary ? await converter.ToValueAsync<string?>(summary).ConfigureAwait(false) : null,
        metadata?.Details is { } details ? await converter.ToValueAsync<string?>(details).ConfigureAwait(false) : null);
}
