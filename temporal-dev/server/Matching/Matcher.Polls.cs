namespace Temporalio.DevServer.Matching;

internal sealed partial class Matcher
{
    /// <summary>Waits for something to do.</summary>
    /// <param name="queue">Where.</param>
    /// <param name="normalQueue">For a sticky queue: the queue that it belongs to.</param>
    /// <param name="facts">Who.</param>
    /// <param name="wait">How long at most; zero only looks.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    /// <returns>A <see cref="QueuedTask"/> to start, or what somebody handed over with <see cref="Poller.Give"/> or <see cref="Ask"/>, or null.</returns>
    /// <exception cref="TooManyPollersException">More polls wait already than the server bears.</exception>
    public async ValueTask<object?> PollAsync(QueueKey queue, string? normalQueue, WorkerFacts facts, TimeSpan wait, CancellationToken cancellationToken)
    {
        Poller poller;
        lock (gate)
        {
            if (closed)
                return null;
            if (waitingByNamespace.GetValueOrDefault(queue.NamespaceId) >= MaxWaitingPerNamespace || (queues.Count >= MaxQueues && !queues.ContainsKey(queue)))
                throw new TooManyPollersException();
            var found = Queue(queue);
            found.Saw(facts);
            poller = new Poller(facts, queue, normalQueue);
            Enqueue(found, poller, first: false);
            Pump(found);
        }

        return await AnswerAsync(poller, wait, cancellationToken);
    }

    /// <summary>Puts something before any poller of a queue that is free: a query. It waits until it is taken or taken back.</summary>
    /// <returns>Takes it back if nobody has taken it.</returns>
    public IDisposable Ask(QueueKey queue, object question)
    {
        lock (gate)
        {
            var found = Queue(queue);
            var node = found.Direct.AddLast(question);
            Pump(found);
            return new Question(this, node);
        }
    }

    /// <summary>A worker goes: its polls end, empty, and its sticky queue counts as unattended.</summary>
    /// <param name="namespaceId">Its namespace.</param>
    /// <param name="stickyQueue">Its sticky queue, or empty.</param>
    /// <param name="instanceKey">Its process, or empty.</param>
    public void Shutdown(string namespaceId, string stickyQueue, string instanceKey)
    {
        lock (gate)
        {
            if (stickyQueue.Length > 0 && queues.TryGetValue(new QueueKey(namespaceId, stickyQueue, TaskQueueType.Workflow), out var sticky))
            {
                while (sticky.Waiting.First is not null)
                    Dequeue(sticky).Give(null);
                sticky.Forget();
            }

            if (instanceKey.Length == 0)
                return;
            foreach (var queue in queues.Values.Where(q => q.Key.NamespaceId == namespaceId))
            {
                foreach (var poller in queue.Waiting.Where(p => p.Facts.InstanceKey == instanceKey).ToList())
                {
                    Remove(queue, poller);
                    poller.Give(null);
                }
            }
        }
    }

    /// <summary>Forgets a namespace that is deleted.</summary>
    public void DropNamespace(string namespaceId)
    {
        lock (gate)
        {
            foreach (var queue in queues.Values.Where(q => q.Key.NamespaceId == namespaceId).ToList())
            {
                while (queue.Waiting.First is not null)
                    Dequeue(queue).Give(null);
                while (queue.Next() is { } next)
                    Withdraw(next.Value);
                queue.Pause?.Dispose();
                queues.Remove(queue.Key);
            }
        }
    }

    private async ValueTask<object?> AnswerAsync(Poller poller, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (poller.Answer.IsCompleted)
            return await poller.Answer;
        try
        {
            return await poller.Answer.WaitAsync(wait, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            lock (gate)
            {
                // Still waiting: an empty answer. Otherwise somebody has taken it meanwhile and will say what it gets.
                if (poller.Waiting is not null)
                {
                    Remove(queues[poller.Queue], poller);
                    poller.Give(null);
                }
            }
        }

        var late = await poller.Answer;
        if (cancellationToken.IsCancellationRequested && late is QueuedTask task)
        {
            Offer(poller.Queue, task.Task);
            return null;
        }

        return late;
    }

    private sealed class Question(Matcher matcher, LinkedListNode<object> node) : IDisposable
    {
        public void Dispose()
        {
            lock (matcher.gate)
                node.List?.Remove(node);
        }
    }
}
