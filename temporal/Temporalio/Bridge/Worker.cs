using System.Threading.Channels;

namespace Temporalio.Bridge;

/// <summary>
/// Hands what a worker's polls bring to what runs it. It has the name and the members of the official SDK's handle of its native worker,
/// where that SDK's own tests put a worker of theirs in between.
/// </summary>
internal class Worker : IDisposable
{
    private readonly Channel<Api.ActivityTask.ActivityTask> activities;
    private int released;

    /// <summary>Initializes a new instance of the <see cref="Worker"/> class.</summary>
    internal Worker() => activities = Channel.CreateUnbounded<Api.ActivityTask.ActivityTask>();

    /// <summary>Initializes a new instance of the <see cref="Worker"/> class that hands on what another gets.</summary>
    /// <param name="other">The other one.</param>
    internal Worker(Worker other) => activities = other.activities;

    /// <summary>Waits for the next activity.</summary>
    /// <returns>The activity, null when polling has ended.</returns>
    public virtual async Task<Api.ActivityTask.ActivityTask?> PollActivityTaskAsync() =>
        await activities.Reader.WaitToReadAsync().ConfigureAwait(false) ? TryTakeActivity() : null;

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds an activity that came.</summary>
    /// <param name="task">The activity.</param>
    internal void AddActivity(Api.ActivityTask.ActivityTask task) => activities.Writer.TryWrite(task);

    /// <summary>Says that no more activities come.</summary>
    internal void EndActivities() => activities.Writer.TryComplete();

    /// <summary>Takes an activity that nobody waits for.</summary>
    /// <returns>The activity, null if there is none.</returns>
    internal Api.ActivityTask.ActivityTask? TryTakeActivity() => activities.Reader.TryRead(out var task) ? task : null;

    /// <summary>Lets go of what it holds: nothing here.</summary>
    /// <param name="disposing">Whether called from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref released, 1) == 0)
        {
            ReleaseHandle();
        }
    }

    /// <summary>Called once when it is disposed.</summary>
    /// <returns>True if all was let go of.</returns>
    protected virtual bool ReleaseHandle() => true;
}
