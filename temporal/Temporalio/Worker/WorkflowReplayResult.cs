namespace Temporalio.Worker;

/// <summary>
/// What came of a replay.
/// </summary>
/// <param name="History">History that was replayed.</param>
/// <param name="ReplayFailure">Why a workflow task failed, null if none did. A workflow that fails, as its history says it
/// did, is no such failure.</param>
public record WorkflowReplayResult(Common.WorkflowHistory History, Exception? ReplayFailure);
