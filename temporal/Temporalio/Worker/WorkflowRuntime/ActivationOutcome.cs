using Temporalio.Api.Query.V1;
using Temporalio.Worker.WorkflowHistory;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>
/// What came of an activation.
/// </summary>
/// <param name="Requests">What the run asks for, in order.</param>
/// <param name="Answers">Answers to queries by query id.</param>
/// <param name="UsedFlags">Language flags that the run now relies on.</param>
/// <param name="TaskFailure">Why the workflow task failed, if it did; then the rest counts for nothing.</param>
internal sealed record ActivationOutcome(
    IReadOnlyList<WorkflowRequest> Requests,
    IReadOnlyDictionary<string, WorkflowQueryResult> Answers,
    IReadOnlyCollection<uint> UsedFlags,
    Exception? TaskFailure);
