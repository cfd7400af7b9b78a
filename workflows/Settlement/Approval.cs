using Settlement.Domain;

namespace Settlement.Workflows.Settlement;

/// <summary>What the second person said.</summary>
internal sealed record Approval(bool Granted, Actor Actor, string Reason);
