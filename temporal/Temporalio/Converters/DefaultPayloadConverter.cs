using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>
/// Payload converter made of <see cref="IEncodingConverter"/>s: a value goes to the first that takes it, a payload to the one
/// that its encoding names. Derive from it to change the list.
/// </summary>
public class DefaultPayloadConverter : IPayloadConverter, IWithSerializationContext<IPayloadConverter>
{
    // The same as EncodingConverters; every value of every workflow walks it, so it is an array and not an interface.
    private readonly IEncodingConverter[] converters;

    /// <summary>
    /// Creates the standard converter: <see cref="BinaryNullConverter"/>, <see cref="BinaryPlainConverter"/>,
    /// <see cref="JsonProtoConverter"/>, <see cref="BinaryProtoConverter"/> (for reading only, since JSON comes first),
    /// <see cref="JsonPlainConverter"/>.
    /// </summary>
    public DefaultPayloadConverter()
        : this(new JsonSerializerOptions())
    {
    }

    /// <summary>Creates the standard converter with other JSON options.</summary>
    /// <param name="jsonSerializerOptions">Options of System.Text.Json.</param>
    protected DefaultPayloadConverter(JsonSerializerOptions jsonSerializerOptions)
        : this(
            new BinaryNullConverter(),
            new BinaryPlainConverter(),
            new JsonProtoConverter(),
            new BinaryProtoConverter(),
            new JsonPlainConverter(jsonSerializerOptions))
    {
    }

    /// <summary>Creates a converter with its own list.</summary>
    /// <param name="encodingConverters">Converters in the order to try, each with its own encoding.</param>
    protected DefaultPayloadConverter(params IEncodingConverter[] encodingConverters)
        : this((IEnumerable<IEncodingConverter>)encodingConverters)
    {
    }

    /// <summary>Creates a converter with its own list.</summary>
    /// <param name="encodingConverters">Converters in the order to try, each with its own encoding.</param>
    protected DefaultPayloadConverter(IEnumerable<IEncodingConverter> encodingConverters)
    {
        converters = encodingConverters.ToArray();
        EncodingConverters = Array.AsReadOnly(converters);
        IndexedEncodingConverters = converters.ToDictionary(c => ByteString.CopyFromUtf8(c.Encoding));
    }

    /// <summary>Converters in the order in which a value tries them.</summary>
    public IReadOnlyCollection<IEncodingConverter> EncodingConverters { get; private init; }

    /// <summary>The same converters by encoding.</summary>
    protected IReadOnlyDictionary<ByteString, IEncodingConverter> IndexedEncodingConverters { get; private init; }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">No converter takes the value.</exception>
    public Payload ToPayload(object? value)
    {
        if (value is IRawValue raw)
        {
            return raw.Payload;
        }
        foreach (var converter in converters)
        {
            if (converter.TryToPayload(value, out var payload))
            {
                return payload!;
            }
        }
        throw new ArgumentException($"Value of type {value?.GetType().ToString() ?? "<null>"} has no known converter");
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The payload has no encoding, or one that is not known here.</exception>
    public object? ToValue(Payload payload, Type type)
    {
        if (typeof(IRawValue).IsAssignableFrom(type))
        {
            return type.IsAssignableFrom(typeof(RawValue))
                ? new RawValue(payload)
                : throw new ArgumentException($"Raw value type {type} is not IRawValue or RawValue");
        }
        if (!payload.Metadata.TryGetValue(PayloadEncoding.EncodingKey, out var encoding))
        {
            throw new ArgumentException("Payload has no encoding metadata");
        }
        return IndexedEncodingConverters.TryGetValue(encoding, out var converter)
            ? converter.ToValue(payload, type)
            : throw new ArgumentException($"Unknown payload encoding {encoding.ToStringUtf8()}");
    }

    /// <inheritdoc />
    public virtual IPayloadConverter WithSerializationContext(ISerializationContext context)
    {
        if (!converters.Any(c => c is IWithSerializationContext<IEncodingConverter>))
        {
            return this;
        }
        return new DefaultPayloadConverter(converters.Select(c =>
            c is IWithSerializationContext<IEncodingConverter> aware ? aware.WithSerializationContext(context) : c));
    }
}
