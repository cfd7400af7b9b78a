namespace Temporalio.Exceptions;

/// <summary>
/// Values that travel with a failure: <see cref="OutboundFailureDetails"/> before conversion,
/// <see cref="InboundFailureDetails"/> when received and converted on reading.
/// </summary>
public interface IFailureDetails
{
    /// <summary>How many values there are, 0 or more.</summary>
    int Count { get; }

    /// <summary>Reads one value.</summary>
    /// <typeparam name="T">Type wanted: a cast for outbound values, a conversion for inbound ones.</typeparam>
    /// <param name="index">Position, from 0.</param>
    /// <returns>The value as <typeparamref name="T"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no value at that position.</exception>
    T ElementAt<T>(int index);
}
