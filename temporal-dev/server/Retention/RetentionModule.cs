using Microsoft.Extensions.Logging;
using Temporalio.DevServer.Batches;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Schedules;

namespace Temporalio.DevServer.Retention;

/// <summary>
/// Deletes what has been kept long enough: closed runs, schedules that ended, finished batch jobs. Looks by the machine's time, decides by the server's: a clock
/// that skips never skips to a deletion.
/// </summary>
internal sealed partial class RetentionModule : IServerModule
{
    /// <summary>Deletions of one round, so that many expired runs do not crowd out the work.</summary>
    private const int PerRound = 200;

    private const int AtOnce = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(100);

    private readonly ServerParts parts;
    private readonly EngineModule engine;
    private readonly ScheduleService schedules;
    private readonly BatchService batches;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private Task loop = Task.CompletedTask;

    public RetentionModule(ServerParts parts, EngineModule engine, ScheduleService schedules, BatchService batches)
    {
        (this.parts, this.engine, this.schedules, this.batches) = (parts, engine, schedules, batches);
        logger = parts.Logs.CreateLogger<RetentionModule>();
    }

    public void Register(ServerServices services)
    {
        // Nobody asks for it.
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        loop = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await loop;
        stopping.Dispose();
    }

    /// <summary>One round.</summary>
    /// <returns>Whether there may be more to delete at once.</returns>
    public async Task<bool> DeleteExpiredAsync(CancellationToken cancellationToken)
    {
        var expired = await parts.Store.ExpiredRunsAsync(parts.Clock.Now, PerRound, cancellationToken);
        await Parallel.ForEachAsync(
            expired, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (run, token) => await engine.Engine.DeleteClosedAsync(run, token));
        var ended = await schedules.DeleteIdleAsync(PerRound, cancellationToken);
        var finished = await batches.DeleteOldAsync(PerRound, cancellationToken);
        return expired.Count == PerRound || ended == PerRound || finished == PerRound;
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
                await Task.Delay(await TryDeleteAsync() ? BusyPause : Pause, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task<bool> TryDeleteAsync()
    {
        try
        {
            return await DeleteExpiredAsync(stopping.Token);
        }
        catch (StoreFencedException e)
        {
            parts.Fatal.End(e);
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e);
            return false;
        }
    }

    [LoggerMessage(EventId = 9621, Level = LogLevel.Warning, Message = "What has been kept long enough could not be deleted; it is tried again")]
    private partial void LogFailed(Exception exception);
}
