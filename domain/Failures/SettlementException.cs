namespace Settlement.Domain;

/// <summary>
/// A business refusal with its reason from the closed set. The message is meant for the caller: it holds no secrets and
/// no names of other entities. Activities turn it into an application failure of type <see cref="SettlementFailures.ErrorType"/>.
/// </summary>
public sealed class SettlementException : Exception
{
    public SettlementException(SettlementFailure failure, string message)
        : base(message) => Failure = failure;

    public SettlementException(SettlementFailure failure, string message, Exception innerException)
        : base(message, innerException) => Failure = failure;

    /// <summary>Which of the closed set.</summary>
    public SettlementFailure Failure { get; }
}
