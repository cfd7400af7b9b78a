using Temporalio.Api.Common.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>A request to cancel, whoever sends it.</summary>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="Identity">Who asks.</param>
/// <param name="RequestId">The same request twice is no error.</param>
/// <param name="Links">Where it comes from.</param>
/// <param name="ExternalExecution">The workflow that asks, or null.</param>
/// <param name="ExternalInitiatedEventId">Its event, or 0.</param>
internal sealed record CancelFacts(
    string Reason, string Identity, string RequestId, IReadOnlyList<Link> Links, WorkflowExecution? ExternalExecution = null, long ExternalInitiatedEventId = 0);
