namespace Temporalio.Workflows;

/// <summary>
/// A semaphore for workflow code: the order in which waiters get in is the same on every replay.
/// </summary>
/// <remarks>
/// First come, first served among those who wait; a call that finds a free permit takes it without waiting.
/// </remarks>
public class Semaphore
{
    private readonly LinkedList<ValueTuple> waiters = new();

    /// <summary>Initializes a new instance of the <see cref="Semaphore"/> class.</summary>
    /// <param name="initialCount">Number of permits.</param>
    /// <exception cref="InvalidOperationException">Not in a workflow.</exception>
    public Semaphore(int initialCount)
    {
        if (!Workflow.InWorkflow)
        {
            throw new InvalidOperationException("Cannot use workflow semaphore outside of workflow");
        }
        Max = initialCount;
        CurrentCount = initialCount;
    }

    /// <summary>Gets the number of permits there are.</summary>
    public int Max { get; init; }

    /// <summary>Gets the number of permits that are free.</summary>
    public int CurrentCount { get; private set; }

    /// <summary>Takes a permit. Give it back with <see cref="Release"/>.</summary>
    /// <param name="cancellationToken">Token that gives up. Null: <see cref="Workflow.CancellationToken"/>.</param>
    /// <returns>Completes with the permit; cancelled with the token.</returns>
    public Task WaitAsync(CancellationToken? cancellationToken = null) =>
        WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Takes a permit, but does not wait for ever.</summary>
    /// <param name="millisecondsTimeout">Longest wait in milliseconds; 0 does not wait, -1 waits for ever.</param>
    /// <param name="cancellationToken">Token that gives up. Null: <see cref="Workflow.CancellationToken"/>.</param>
    /// <returns>True with the permit, false when time is up; cancelled with the token.</returns>
    public Task<bool> WaitAsync(int millisecondsTimeout, CancellationToken? cancellationToken = null) =>
        WaitAsync(TimeSpan.FromMilliseconds(millisecondsTimeout), cancellationToken);

    /// <summary>Takes a permit, but does not wait for ever.</summary>
    /// <param name="timeout">Longest wait; zero does not wait, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <param name="cancellationToken">Token that gives up. Null: <see cref="Workflow.CancellationToken"/>.</param>
    /// <returns>True with the permit, false when time is up; cancelled with the token.</returns>
    /// <exception cref="ArgumentException">The timeout is negative.</exception>
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken? cancellationToken = null)
    {
        if (timeout < TimeSpan.Zero && timeout != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentException("Timeout cannot be less than zero (except -1ms for infinite)", nameof(timeout));
        }
        if (CurrentCount > 0)
        {
            CurrentCount--;
            return Task.FromResult(true);
        }
        return timeout == TimeSpan.Zero && cancellationToken == null
            ? Task.FromResult(false)
            : WaitForTurnAsync(timeout, cancellationToken);
    }

    /// <summary>Gives a permit back.</summary>
    /// <exception cref="InvalidOperationException">All permits are free already.</exception>
    public void Release()
    {
        if (CurrentCount >= Max)
        {
            throw new InvalidOperationException("More released than successfully waited");
        }
        CurrentCount++;
    }

    private async Task<bool> WaitForTurnAsync(TimeSpan timeout, CancellationToken? cancellationToken)
    {
        var me = waiters.AddLast(default(ValueTuple));
        try
        {
            // A permit can be taken by a newcomer between the check and the moment we run: then it is not our turn yet.
            while (CurrentCount == 0)
            {
                if (!await WaitOnceAsync(me, timeout, cancellationToken))
                {
                    return false;
                }
            }
            CurrentCount--;
            return true;
        }
        finally
        {
            waiters.Remove(me);
        }
    }

    private async Task<bool> WaitOnceAsync(LinkedListNode<ValueTuple> me, TimeSpan timeout, CancellationToken? cancellationToken)
    {
        bool MyTurn() => CurrentCount > 0 && waiters.First == me;
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            return await Workflow.WaitConditionAsync(MyTurn, timeout, cancellationToken);
        }
        await Workflow.WaitConditionAsync(MyTurn, cancellationToken);
        return true;
    }
}
