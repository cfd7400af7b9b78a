namespace Settlement.Workflows.Contracts;

/// <summary>The answer to an operator's action.</summary>
public sealed record CarriedAnswer(string RequestId, string Update, OperatorReply Reply);
