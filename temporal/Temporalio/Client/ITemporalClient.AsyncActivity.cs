namespace Temporalio.Client;

public partial interface ITemporalClient
{
    /// <summary>Makes a handle of an activity that completes asynchronously.</summary>
    /// <param name="taskToken">Task token from the activity's info.</param>
    /// <returns>The handle.</returns>
    AsyncActivityHandle GetAsyncActivityHandle(byte[] taskToken);

    /// <summary>Makes a handle of an activity that completes asynchronously.</summary>
    /// <param name="workflowId">Workflow id.</param>
    /// <param name="runId">Run id, or empty for the current run.</param>
    /// <param name="activityId">Id of the activity in that workflow.</param>
    /// <returns>The handle.</returns>
    AsyncActivityHandle GetAsyncActivityHandle(string workflowId, string runId, string activityId);
}
