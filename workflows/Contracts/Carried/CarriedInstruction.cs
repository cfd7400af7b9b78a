namespace Settlement.Workflows.Contracts;

/// <summary>One instruction to the bank.</summary>
/// <param name="Uetr">UUIDv4 in lower case.</param>
/// <param name="Attempt">Whose.</param>
/// <param name="Accepted">The bank has said that it has it.</param>
/// <param name="Recall"><c>None</c>, <c>Pending</c> or <c>Refused</c>.</param>
/// <param name="Verdict">What is proven; null while open.</param>
public sealed record CarriedInstruction(string Uetr, int Attempt, bool Accepted, string Recall, CarriedVerdict? Verdict);
