namespace Temporalio.Worker;

/// <summary>
/// Changes how workers and replayers are made and run. One that is a <see cref="Client.ITemporalClientPlugin" /> too applies to all
/// workers of its client.
/// </summary>
public interface ITemporalWorkerPlugin
{
    /// <summary>Gets the name; unique, best with the organization in it.</summary>
    string Name { get; }

    /// <summary>Changes the options of a worker that is being made.</summary>
    /// <param name="options">Options, the worker's own copy.</param>
    void ConfigureWorker(TemporalWorkerOptions options);

    /// <summary>Wraps the run of a worker.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="worker">The worker.</param>
    /// <param name="continuation">Goes on; must be called.</param>
    /// <param name="stoppingToken">Stops the worker.</param>
    /// <returns>Result of the run.</returns>
    Task<TResult> RunWorkerAsync<TResult>(
        TemporalWorker worker,
        Func<TemporalWorker, CancellationToken, Task<TResult>> continuation,
        CancellationToken stoppingToken);

    /// <summary>Changes the options of a replayer that is being made.</summary>
    /// <param name="options">Options, the replayer's own copy.</param>
    void ConfigureReplayer(WorkflowReplayerOptions options);

    /// <summary>Wraps the replay of a list.</summary>
    /// <param name="replayer">The replayer.</param>
    /// <param name="continuation">Goes on; must be called.</param>
    /// <param name="cancellationToken">Ends the replay.</param>
    /// <returns>Results.</returns>
    Task<IEnumerable<WorkflowReplayResult>> ReplayWorkflowsAsync(
        WorkflowReplayer replayer,
        Func<WorkflowReplayer, CancellationToken, Task<IEnumerable<WorkflowReplayResult>>> continuation,
        CancellationToken cancellationToken);

    /// <summary>Wraps the replay of a stream.</summary>
    /// <param name="replayer">The replayer.</param>
    /// <param name="continuation">Goes on; must be called.</param>
    /// <param name="cancellationToken">Ends the replay.</param>
    /// <returns>Results.</returns>
    IAsyncEnumerable<WorkflowReplayResult> ReplayWorkflowsAsync(
        WorkflowReplayer replayer,
        Func<WorkflowReplayer, IAsyncEnumerable<WorkflowReplayResult>> continuation,
        CancellationToken cancellationToken);
}
