namespace Settlement.Workflows.Contracts;

/// <summary>The answer to an operator's act.</summary>
public sealed record CarriedAnswer(string RequestId, string Update, OperatorReply Reply);
