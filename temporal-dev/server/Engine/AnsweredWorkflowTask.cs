namespace Temporalio.DevServer.Engine;

/// <summary>What a worker gets for its answer to a workflow task.</summary>
/// <param name="ResetHistoryEventId">To which event it must fall back; 0 if not at all.</param>
/// <param name="Next">The next workflow task, if it asked for it and there is one.</param>
/// <param name="Activities">Activities that it executes eagerly.</param>
internal sealed record AnsweredWorkflowTask(long ResetHistoryEventId, ReadyWorkflowTask? Next, IReadOnlyList<ReadyActivityTask> Activities);
