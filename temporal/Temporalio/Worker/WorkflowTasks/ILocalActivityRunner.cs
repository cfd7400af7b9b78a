namespace Temporalio.Worker.WorkflowTasks;

/// <summary>
/// Runs local activities for workflows. Implemented by the activity side of the worker.
/// </summary>
internal interface ILocalActivityRunner
{
    /// <summary>Runs a local activity with all its attempts.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="cancel">Cancels the attempt under way, and further ones.</param>
    /// <returns>How it ended. Failures are values.</returns>
    /// <exception cref="OperationCanceledException">The worker shut down before it ended; the workflow must not see
    /// this.</exception>
    Task<LocalActivityOutcome> RunAsync(LocalActivityRequest request, CancellationToken cancel);
}
