using System.Threading.Channels;

namespace Temporalio.DevServer.Engine;

/// <summary>Who waits for an update to come further.</summary>
internal sealed class UpdateBoard
{
    private readonly Lock gate = new();
    private readonly Dictionary<RunKey, List<Waiter>> waiters = [];

    /// <summary>Begins to wait; call it under the run's lock, before what the update does can be published.</summary>
    public Waiter Begin(RunKey run, string updateId)
    {
        var waiter = new Waiter(this, run, updateId);
        lock (gate)
        {
            if (!waiters.TryGetValue(run, out var list))
                waiters.Add(run, list = []);
            list.Add(waiter);
        }

        return waiter;
    }

    /// <summary>Tells those who wait what is committed.</summary>
    public void Publish(RunKey run, IReadOnlyList<UpdateProgress> progress)
    {
        if (progress.Count == 0)
            return;
        lock (gate)
        {
            if (!waiters.TryGetValue(run, out var list))
                return;
            foreach (var waiter in list)
            {
                if (progress.LastOrDefault(p => p.UpdateId == waiter.UpdateId) is { } news)
                    waiter.Tell(news);
            }
        }
    }

    /// <summary>Tells all who wait at a run that they cannot be told any more, because it had to be loaded again.</summary>
    public void Abort(RunKey run, Exception reason)
    {
        lock (gate)
        {
            foreach (var waiter in waiters.GetValueOrDefault(run) ?? [])
                waiter.Fail(reason);
        }
    }

    private void End(Waiter waiter)
    {
        lock (gate)
        {
            if (!waiters.TryGetValue(waiter.Run, out var list))
                return;
            list.Remove(waiter);
            if (list.Count == 0)
                waiters.Remove(waiter.Run);
        }
    }

    /// <summary>One who waits.</summary>
    internal sealed class Waiter(UpdateBoard board, RunKey run, string updateId) : IDisposable
    {
        private readonly Channel<UpdateProgress> news = Channel.CreateUnbounded<UpdateProgress>();

        public RunKey Run { get; } = run;

        public string UpdateId { get; } = updateId;

        /// <summary>The next news, in order.</summary>
        /// <exception cref="Exception">What <see cref="Abort"/> was told.</exception>
        public ValueTask<UpdateProgress> NextAsync(CancellationToken cancellationToken) => news.Reader.ReadAsync(cancellationToken);

        public void Dispose() => board.End(this);

        public void Tell(UpdateProgress progress) => news.Writer.TryWrite(progress);

        public void Fail(Exception reason) => news.Writer.TryComplete(reason);
    }
}
