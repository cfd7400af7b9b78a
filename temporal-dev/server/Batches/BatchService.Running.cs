using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Batches;

// One job under way.
internal sealed partial class BatchService
{
    private async Task RunAsync(BatchJob job)
    {
        while (job.IsRunning && !stopping.IsCancellationRequested)
        {
            try
            {
                await DoPageAsync(job);
            }
            catch (StoreFencedException e)
            {
                fatal(e);
                return;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogInterrupted(e, job.Key.Name);
                await Task.Delay(RetryPause, CancellationToken.None);
            }
        }
    }

    /// <summary>Does the next page and stores that it is done; the last ends the job.</summary>
    private async Task DoPageAsync(BatchJob job)
    {
        var before = job.Document;
        var (executions, next) = await PageAsync(job.Key.Scope, before);
        var (completed, failed) = await ApplyAsync(job, executions);
        using var held = await job.HoldAsync();
        if (!job.IsRunning)
            return;
        var after = job.Document.Clone();
        after.Completed += completed;
        after.Failed += failed;
        after.NamedDone += BatchCheck.Named(before.Request).Count > 0 ? executions.Count : 0;
        after.PageToken = next ?? ByteString.Empty;
        if (next is null)
        {
            after.State = BatchOperationState.Completed;
            after.CloseTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(clock.Now);
        }

        await StoreAsync(job, after);
    }

    /// <summary>What comes next, and where to go on afterwards (null: nowhere).</summary>
    private async Task<(IReadOnlyList<WorkflowExecution> Executions, ByteString? Next)> PageAsync(string namespaceId, BatchDocument document)
    {
        var named = BatchCheck.Named(document.Request);
        if (named.Count > 0)
        {
            var page = named.Skip(document.NamedDone).Take(PageSize).ToList();
            return (page, document.NamedDone + page.Count < named.Count ? ByteString.Empty : null);
        }

        if (namespaces(namespaceId) is not { } space)
            return ([], null);
        var rows = await store.ListAsync(Query(space, document.Request), PageSize, document.PageToken.IsEmpty ? null : document.PageToken.ToByteArray(), stopping.Token);
        return ([.. rows.Rows.Select(r => new WorkflowExecution { WorkflowId = r.Run.WorkflowId, RunId = r.Run.RunId })], rows.NextPageToken is { } token ? ByteString.CopyFrom(token) : null);
    }

    private async Task<(long Completed, long Failed)> ApplyAsync(BatchJob job, IReadOnlyList<WorkflowExecution> executions)
    {
        var rate = job.Document.Request.MaxOperationsPerSecond is > 0 and < DefaultPerSecond and var slower ? slower : DefaultPerSecond;
        var (completed, failed) = (0L, 0L);
        for (var at = 0; at < executions.Count && job.IsRunning; at += AtOnce)
        {
            var chunk = executions.Skip(at).Take(AtOnce).ToList();
            var pace = Task.Delay(TimeSpan.FromSeconds(chunk.Count / rate), stopping.Token);
            var done = await Task.WhenAll(chunk.Select(e => TryApplyAsync(job, e)));
            completed += done.LongCount(d => d);
            failed += done.LongCount(d => !d);
            await pace;
        }

        return (completed, failed);
    }

    /// <returns>Whether what was wanted is so now: what is gone or closed already counts as done, as on the real server.</returns>
    private async Task<bool> TryApplyAsync(BatchJob job, WorkflowExecution execution)
    {
        if (namespaces(job.Key.Scope) is not { } space)
            return false;
        try
        {
            await operations.ApplyAsync(space, job.Document.Request, execution, stopping.Token);
            return true;
        }
        catch (RpcRefusal e) when (e.StatusCode == StatusCode.NotFound)
        {
            return true;
        }
        catch (RpcException e) when (e.StatusCode != StatusCode.Unavailable)
        {
            LogRefused(job.Key.Name, execution.WorkflowId, e.Message);
            return false;
        }
    }

    [LoggerMessage(EventId = 9611, Level = LogLevel.Warning, Message = "Batch job {JobId} was interrupted; it goes on")]
    private partial void LogInterrupted(Exception exception, string jobId);

    [LoggerMessage(EventId = 9612, Level = LogLevel.Information, Message = "Batch job {JobId}: {WorkflowId} refuses: {Reason}")]
    private partial void LogRefused(string jobId, string workflowId, string reason);
}
