namespace Settlement.Workflows.Settlement;

/// <summary>What the second person said.</summary>
internal sealed record Approval(bool Granted, string Actor, string Reason);
