using System.Collections.Concurrent;
using System.Globalization;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Settlement.Drills.EmbeddedServer;

/// <summary>Callers that start, signal and update workflows without a pause, whatever happens to the server, and note each yes.</summary>
internal sealed class ServerCallers(ITemporalClient client, string taskQueue, ServerKillPlan plan, Acknowledged book)
{
    private const int Steps = 3;
    private const int Messages = 4;
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(20);

    /// <summary>Calls until <paramref name="stop"/>; every workflow that was begun gets its messages and is told to finish.</summary>
    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, plan.Writers).Select(writer => CallAsync(writer, new Random(plan.Seed + 1 + writer), stop)));

    private async Task CallAsync(int writer, Random random, CancellationToken stop)
    {
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"killed-{plan.Seed}-{writer}-{n}");
            var handle = await StartAsync(id, random.Next(1, 400));
            if (handle is null)
                continue;
            for (var message = 0; message < Messages; message++)
            {
                if (random.Next(2) == 0)
                    await SignalAsync(handle, $"{id}/s{message}");
                else
                    await UpdateAsync(handle, $"{id}/u{message}");
            }
        }
    }

    private async Task<WorkflowHandle<KilledWorkflow>?> StartAsync(string id, int pause)
    {
        try
        {
            var handle = await client.StartWorkflowAsync((KilledWorkflow wf) => wf.RunAsync(Steps, pause), new(id, taskQueue) { Rpc = Limited() });
            book.Started(id);
            return handle;
        }
        catch (WorkflowAlreadyStartedException)
        {
            // The first try arrived, and only its answer was lost; the second says so.
            book.Started(id);
            return client.GetWorkflowHandle<KilledWorkflow>(id);
        }
        catch (Exception e) when (e is RpcException or RpcTimeoutOrCanceledException or OperationCanceledException)
        {
            book.Lost();
            return null;
        }
    }

    private async Task SignalAsync(WorkflowHandle<KilledWorkflow> handle, string token)
    {
        try
        {
            await handle.SignalAsync(wf => wf.TellAsync(token), new() { Rpc = Limited() });
            book.Signalled(handle.Id, token);
        }
        catch (Exception e) when (e is RpcException or RpcTimeoutOrCanceledException or OperationCanceledException)
        {
            book.Lost();
        }
    }

    private async Task UpdateAsync(WorkflowHandle<KilledWorkflow> handle, string token)
    {
        // Asked again under the same id until it is answered: an update's id makes it happen once.
        for (var tries = 0; tries < 5; tries++)
        {
            try
            {
                await handle.ExecuteUpdateAsync(wf => wf.ChangeAsync(token), new() { Id = token, Rpc = Limited() });
                book.Updated(handle.Id, token);
                return;
            }
            catch (Exception e) when (e is RpcException or RpcTimeoutOrCanceledException or OperationCanceledException)
            {
                book.Lost();
            }
        }
    }

    private static RpcOptions Limited() => new() { Timeout = CallLimit };
}

/// <summary>The callers' own book: what a server has said yes to, and what it left without an answer.</summary>
internal sealed class Acknowledged
{
    private readonly ConcurrentQueue<string> starts = new();
    private readonly ConcurrentQueue<(string WorkflowId, string Token)> signals = new();
    private readonly ConcurrentQueue<(string WorkflowId, string Token)> updates = new();
    private int unanswered;

    /// <summary>Workflows whose start was acknowledged.</summary>
    public IReadOnlyList<string> Starts => [.. starts];

    /// <summary>Signals that were acknowledged.</summary>
    public ILookup<string, string> Signals => signals.ToLookup(s => s.WorkflowId, s => s.Token, StringComparer.Ordinal);

    /// <summary>Updates whose result was seen.</summary>
    public ILookup<string, string> Updates => updates.ToLookup(u => u.WorkflowId, u => u.Token, StringComparer.Ordinal);

    /// <summary>Calls without an answer: their effect may or may not be there, but at most once.</summary>
    public int Unanswered => unanswered;

    public void Started(string workflowId) => starts.Enqueue(workflowId);

    public void Signalled(string workflowId, string token) => signals.Enqueue((workflowId, token));

    public void Updated(string workflowId, string token) => updates.Enqueue((workflowId, token));

    public void Lost() => Interlocked.Increment(ref unanswered);
}
