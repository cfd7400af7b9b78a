using Microsoft.Extensions.Logging;

namespace Temporalio.DevServer.Engine;

/// <summary>
/// Brings what runs want of each other to where it belongs, at least once, for as long as it takes. What one run wants of one workflow id is delivered in
/// order. A run keeps each effect until its outcome is committed, and says it again whenever it is loaded; what is on its way already is not sent twice.
/// </summary>
internal sealed partial class EffectDispatcher : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly EngineServices services;
    private readonly Func<Effect, Task> deliver;
    private readonly Lock gate = new();
    private readonly HashSet<(RunKey Source, string Id)> underWay = [];
    private readonly Dictionary<(RunKey Source, string Target), Chain> chains = [];
    private readonly CancellationTokenSource stopping = new();

    /// <param name="services">What the engine shares.</param>
    /// <param name="deliver">Delivers one effect and tells its source; throws if that must be tried again.</param>
    public EffectDispatcher(EngineServices services, Func<Effect, Task> deliver) => (this.services, this.deliver) = (services, deliver);

    /// <summary>Takes effects and returns at once.</summary>
    public void Dispatch(IReadOnlyList<Effect> effects)
    {
        lock (gate)
        {
            if (stopping.IsCancellationRequested)
                return;
            foreach (var effect in effects)
            {
                if (!underWay.Add((effect.Source, effect.Id)))
                    continue;
                var name = (effect.Source, Target(effect));
                if (!chains.TryGetValue(name, out var chain))
                    chains.Add(name, chain = new Chain());
                chain.Length++;
                chain.Last = RunAsync(effect, name, chain.Last, services.Clock.Hold());
            }
        }
    }

    /// <summary>Stops; what is not delivered is said again after the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] left;
        lock (gate)
        {
            stopping.Cancel();
            left = [.. chains.Values.Select(c => c.Last)];
        }

        await Task.WhenAll(left);
        stopping.Dispose();
    }

    private static string Target(Effect effect) => effect switch
    {
        StartChildEffect e => e.Start.WorkflowId,
        SignalExternalEffect e => e.Target.WorkflowId,
        CancelExternalEffect e => e.Target.WorkflowId,
        NotifyParentEffect e => e.Parent.WorkflowId,
        CloseChildEffect e => e.Child.WorkflowId,
        _ => throw new InvalidOperationException($"No such effect: {effect.GetType().Name}."),
    };

    private async Task RunAsync(Effect effect, (RunKey Source, string Target) name, Task before, IDisposable hold)
    {
        // Off the caller, who holds the source's lock.
        await Task.Yield();
        try
        {
            await before;
            await DeliverAsync(effect);
        }
        finally
        {
            hold.Dispose();
            lock (gate)
            {
                underWay.Remove((effect.Source, effect.Id));
                if (--chains[name].Length == 0)
                    chains.Remove(name);
            }
        }
    }

    private async Task DeliverAsync(Effect effect)
    {
        for (var pause = FirstPause; !stopping.IsCancellationRequested; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await deliver(effect);
                return;
            }
            catch (StoreFencedException e)
            {
                services.Options.Fatal(e);
                return;
            }
            catch (Exception e)
            {
                LogAgain(services.Logger, e, effect.GetType().Name, effect.Source.WorkflowId, effect.Source.RunId);
            }

            await Task.Delay(pause, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed class Chain
    {
        public int Length { get; set; }

        public Task Last { get; set; } = Task.CompletedTask;
    }

    [LoggerMessage(EventId = 9501, Level = LogLevel.Warning, Message = "{Effect} of {WorkflowId} {RunId} could not be delivered; it is tried again")]
    private static partial void LogAgain(ILogger logger, Exception exception, string effect, string workflowId, string runId);
}
