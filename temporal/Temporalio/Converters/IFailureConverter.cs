using Temporalio.Api.Failure.V1;

namespace Temporalio.Converters;

/// <summary>
/// Turns exceptions into failures and back. Workflows use it, so it must be deterministic and must not wait for anything. An
/// implementation may also implement <see cref="IWithSerializationContext{T}"/> of <c>IFailureConverter</c>.
/// </summary>
/// <seealso cref="DefaultFailureConverter"/>
public interface IFailureConverter
{
    /// <summary>Converts an exception.</summary>
    /// <param name="exception">Exception to send.</param>
    /// <param name="payloadConverter">Converter for the values it carries.</param>
    /// <returns>Failure, not yet encoded by a codec.</returns>
    Failure ToFailure(Exception exception, IPayloadConverter payloadConverter);

    /// <summary>Converts a failure.</summary>
    /// <param name="failure">Failure received, already decoded by the codec. It may be changed by this call.</param>
    /// <param name="payloadConverter">Converter for the values it carries.</param>
    /// <returns>Exception to throw.</returns>
    Exception ToException(Failure failure, IPayloadConverter payloadConverter);
}
