namespace Settlement.Workflows.Policies;

/// <summary>
/// The names of all patches, each with the date it was released and the condition on which it may be removed (no open
/// workflow started before it: <c>temporal workflow count --query 'TemporalChangeVersion IS NULL AND …'</c>). There are
/// none yet: the first released behaviour is the one recorded in <c>tests/Replay/Histories</c>.
/// </summary>
internal static class WorkflowPatches;
