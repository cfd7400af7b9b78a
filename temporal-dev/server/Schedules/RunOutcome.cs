using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.DevServer.Schedules;

/// <summary>How a chain of runs ended.</summary>
/// <param name="Status">Of its last run; Unspecified where that is no longer known.</param>
/// <param name="Result">What it returned.</param>
/// <param name="Failure">Why it failed.</param>
internal sealed record RunOutcome(WorkflowExecutionStatus Status, Payloads? Result, Failure? Failure);
