namespace Temporalio.Workflows;

/// <summary>
/// A lock for workflow code: a semaphore with one permit.
/// </summary>
public class Mutex
{
    private readonly Semaphore semaphore;

    /// <summary>Initializes a new instance of the <see cref="Mutex"/> class.</summary>
    /// <exception cref="InvalidOperationException">Not in a workflow.</exception>
    public Mutex() => semaphore = new(1);

    /// <summary>Takes the lock. Give it back with <see cref="ReleaseMutex"/>.</summary>
    /// <param name="cancellationToken">Token that gives up. Null: <see cref="Workflow.CancellationToken"/>.</param>
    /// <returns>Completes with the lock; cancelled with the token.</returns>
    public Task WaitOneAsync(CancellationToken? cancellationToken = null) => semaphore.WaitAsync(cancellationToken);

    /// <summary>Takes the lock, but does not wait for ever.</summary>
    /// <param name="millisecondsTimeout">Longest wait in milliseconds; 0 does not wait, -1 waits for ever.</param>
    /// <param name="cancellationToken">Token that gives up. Null: <see cref="Workflow.CancellationToken"/>.</param>
    /// <returns>True with the lock, false when time is up; cancelled with the token.</returns>
    public Task<bool> WaitOneAsync(int millisecondsTimeout, CancellationToken? cancellationToken = null) =>
        semaphore.WaitAsync(millisecondsTimeout, cancellationToken);

    /// <summary>Takes the lock, but does not wait for ever.</summary>
    /// <param name="timeout">Longest wait; zero does not wait, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <param name="cancellationToken">Token that gives up. Null: <see cref="Workflow.CancellationToken"/>.</param>
    /// <returns>True with the lock, false when time is up; cancelled with the token.</returns>
    public Task<bool> WaitOneAsync(TimeSpan timeout, CancellationToken? cancellationToken = null) =>
        semaphore.WaitAsync(timeout, cancellationToken);

    /// <summary>Gives the lock back.</summary>
    /// <exception cref="InvalidOperationException">The lock is not taken.</exception>
    public void ReleaseMutex() => semaphore.Release();
}
