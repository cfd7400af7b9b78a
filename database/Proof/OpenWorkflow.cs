namespace Settlement.Database.Proof;

/// <summary>A workflow that Temporal says is running.</summary>
/// <param name="WorkflowId"><c>settlement-{reference}</c>.</param>
public sealed record OpenWorkflow(string WorkflowId);
