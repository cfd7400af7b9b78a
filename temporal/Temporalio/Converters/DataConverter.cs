namespace Temporalio.Converters;

/// <summary>Everything that turns values and exceptions into what Temporal stores, and back.</summary>
/// <param name="PayloadConverter">Converts values.</param>
/// <param name="FailureConverter">Converts exceptions.</param>
/// <param name="PayloadCodec">Encodes the bytes afterwards, if set.</param>
public record DataConverter(
    IPayloadConverter PayloadConverter,
    IFailureConverter FailureConverter,
    IPayloadCodec? PayloadCodec = null) : IWithSerializationContext<DataConverter>
{
    /// <summary>Default converters and no codec.</summary>
    public static DataConverter Default { get; } = new(new DefaultPayloadConverter(), new DefaultFailureConverter());

    /// <inheritdoc />
    public virtual DataConverter WithSerializationContext(ISerializationContext context)
    {
        var payloadConverter = InContext(PayloadConverter, context);
        var failureConverter = InContext(FailureConverter, context);
        var payloadCodec = PayloadCodec is null ? null : InContext(PayloadCodec, context);
        return ReferenceEquals(payloadConverter, PayloadConverter)
            && ReferenceEquals(failureConverter, FailureConverter)
            && ReferenceEquals(payloadCodec, PayloadCodec)
            ? this
            : new(payloadConverter, failureConverter, payloadCodec);
    }

    private static T InContext<T>(T converter, ISerializationContext context) =>
        converter is IWithSerializationContext<T> aware ? aware.WithSerializationContext(context) : converter;
}
