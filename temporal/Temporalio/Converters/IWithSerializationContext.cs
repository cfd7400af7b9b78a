namespace Temporalio.Converters;

/// <summary>
/// Implemented by a converter or codec that wants to know for which workflow or activity it works. <typeparamref name="T"/> is
/// one of <see cref="DataConverter"/>, <see cref="IPayloadConverter"/>, <see cref="IEncodingConverter"/>,
/// <see cref="IFailureConverter"/> or <see cref="IPayloadCodec"/>.
/// </summary>
/// <typeparam name="T">Kind of converter that comes back.</typeparam>
public interface IWithSerializationContext<T>
{
    /// <summary>
    /// Makes the converter for one context. It is called often, for the same workflow or activity too, so it must be cheap.
    /// </summary>
    /// <param name="context">
    /// <see cref="ISerializationContext.Workflow"/> or <see cref="ISerializationContext.Activity"/>.
    /// </param>
    /// <returns>Converter for that context; may be this instance.</returns>
    T WithSerializationContext(ISerializationContext context);
}
