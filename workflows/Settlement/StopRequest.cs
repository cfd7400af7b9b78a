using Settlement.Domain;

namespace Settlement.Workflows.Settlement;

/// <summary>Somebody wants the settlement to end without money moving.</summary>
/// <param name="Actor">The operator, or <c>temporal</c> for a cancellation of the workflow itself.</param>
/// <param name="Reason">In the operator's words.</param>
internal sealed record StopRequest(Actor Actor, string Reason);
