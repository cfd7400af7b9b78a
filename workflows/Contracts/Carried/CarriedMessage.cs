namespace Settlement.Workflows.Contracts;

/// <summary>A bank message that has been taken in.</summary>
public sealed record CarriedMessage(string MessageId, string Uetr);
