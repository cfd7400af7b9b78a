namespace Settlement.Workflows.Contracts;

/// <summary>The answer to an operator's actionion.</summary>
public sealed record CarriedAnswer(string RequestId, string Update, OperatorReply Reply);
