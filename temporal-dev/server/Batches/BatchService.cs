using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.DevServer.Clock;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Batches;

/// <summary>
/// Batch jobs: one operation on many executions, a page at a time, at a bounded rate. How far a job is, is stored after each page; the next start goes on
/// from there. One job at a time for each namespace, as on the real server.
/// </summary>
internal sealed partial class BatchService : IAsyncDisposable
{
    private const int PageSize = 100;
    private const int AtOnce = 5;
    private const float DefaultPerSecond = 50;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly IStore store;
    private readonly IServerClock clock;
    private readonly BatchOperations operations;
    private readonly Func<string, NamespaceFacts?> namespaces;
    private readonly Action<Exception> fatal;
    private readonly ILogger logger;
    private readonly ConcurrentDictionary<DocumentKey, BatchJob> jobs = new();
    private readonly SemaphoreSlim starting = new(1, 1);
    private readonly CancellationTokenSource stopping = new();

    public BatchService(IStore store, IServerClock clock, BatchOperations operations, Func<string, NamespaceFacts?> namespaces, Action<Exception> fatal, ILogger logger) =>
        (this.store, this.clock, this.operations, this.namespaces, this.fatal, this.logger) = (store, clock, operations, namespaces, fatal, logger);

    /// <summary>Takes up jobs that an earlier server began.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var stored in await store.ListDocumentsAsync(DocumentKind.BatchJob, null, cancellationToken))
        {
            var job = new BatchJob(stored.Key, BatchDocument.Parser.ParseFrom(stored.Body));
            jobs[stored.Key] = job;
            if (job.IsRunning)
                job.Work = Task.Run(() => RunAsync(job), CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(jobs.Values.Select(j => j.Work));
        stopping.Dispose();
        starting.Dispose();
    }

    /// <summary>The job as last stored, or null.</summary>
    public BatchDocument? Find(string namespaceId, string jobId) => jobs.GetValueOrDefault(Key(namespaceId, jobId))?.Document;

    /// <summary>All jobs of a namespace: running ones first, then the last that ended first.</summary>
    public IEnumerable<BatchDocument> All(string namespaceId) => jobs.Values
        .Where(j => j.Key.Scope == namespaceId)
        .Select(j => j.Document)
        .OrderByDescending(d => d.CloseTime?.ToDateTimeOffset() ?? DateTimeOffset.MaxValue)
        .ThenByDescending(d => d.StartTime)
        .ThenByDescending(d => d.Request.JobId, StringComparer.Ordinal);

    /// <summary>Keeps a job and begins it.</summary>
    /// <exception cref="RpcRefusal">It is wrong, its id is taken, or another one runs.</exception>
    public async Task AddAsync(NamespaceFacts space, StartBatchOperationRequest request, CancellationToken cancellationToken)
    {
        BatchCheck.Request(request, space);
        await starting.WaitAsync(cancellationToken);
        try
        {
            var key = Key(space.Id, request.JobId);
            if (jobs.Values.Any(j => j.Key.Scope == space.Id && j.IsRunning))
            {
                throw new RpcRefusal(
                    StatusCode.ResourceExhausted,
                    "Max concurrent batch operations is reached",
                    new ResourceExhaustedFailure { Cause = ResourceExhaustedCause.ConcurrentLimit, Scope = ResourceExhaustedScope.Namespace });
            }

            if (jobs.ContainsKey(key))
                throw new RpcRefusal(StatusCode.AlreadyExists, $"Workflow execution already finished. WorkflowId: {request.JobId}. Workflow Id reuse policy: reject duplicate workflow Id.", new WorkflowExecutionAlreadyStartedFailure());
            var named = BatchCheck.Named(request).Count;
            var document = new BatchDocument { Request = request, State = BatchOperationState.Running, StartTime = clock.Now.ToTimestamp() };
            document.Total = named > 0 ? named : (await store.CountAsync(Query(space, request), cancellationToken)).Total;
            var job = new BatchJob(key, document);
            await StoreAsync(job, document);
            jobs[key] = job;
            job.Work = Task.Run(() => RunAsync(job), CancellationToken.None);
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>Ends a job where it is.</summary>
    /// <exception cref="RpcRefusal">There is none, or it has ended.</exception>
    public async Task StopAsync(string namespaceId, string jobId)
    {
        if (!jobs.TryGetValue(Key(namespaceId, jobId), out var job))
            throw RpcRefusal.NotFound($"workflow not found for ID: {jobId}");
        using var held = await job.HoldAsync();
        if (!job.IsRunning)
            throw RpcRefusal.WorkflowCompleted();
        await EndAsync(job, BatchOperationState.Failed);
    }

    /// <summary>Deletes up to <paramref name="limit"/> jobs that ended longer ago than their namespace keeps closed workflows.</summary>
    public async Task<int> DeleteOldAsync(int limit, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var old = jobs.Values.Where(j => j.Document.CloseTime is { } closed && (namespaces(j.Key.Scope) is not { } space || closed.ToDateTimeOffset() + space.Retention < now)).Take(limit).ToList();
        foreach (var job in old)
            await DeleteAsync(job, cancellationToken);
        return old.Count;
    }

    /// <summary>Forgets all jobs of a namespace.</summary>
    public async Task DeleteAllAsync(string namespaceId, CancellationToken cancellationToken)
    {
        foreach (var job in jobs.Values.Where(j => j.Key.Scope == namespaceId).ToList())
            await DeleteAsync(job, cancellationToken);
    }

    private static DocumentKey Key(string namespaceId, string jobId) => new(DocumentKind.BatchJob, namespaceId, jobId);

    private static VisibilityQuery Query(NamespaceFacts space, StartBatchOperationRequest request) => VisibilityQuery.OfUsers(space.Id, BatchCheck.Query(request, space));

    private async Task DeleteAsync(BatchJob job, CancellationToken cancellationToken)
    {
        using var held = await job.HoldAsync();
        await store.CommitAsync(new StoreTransaction { Documents = [new DocumentWrite(job.Key, null, null)] }, cancellationToken);
        job.IsDeleted = true;
        jobs.TryRemove(job.Key, out _);
    }

    private async Task EndAsync(BatchJob job, BatchOperationState state)
    {
        var ended = job.Document.Clone();
        ended.State = state;
        ended.CloseTime = clock.Now.ToTimestamp();
        await StoreAsync(job, ended);
    }

    /// <summary>No version is expected: a job has one writer, and a write of unknown outcome is simply made again.</summary>
    private async Task StoreAsync(BatchJob job, BatchDocument document)
    {
        await store.CommitAsync(new StoreTransaction { Documents = [new DocumentWrite(job.Key, null, document.ToByteArray())] }, CancellationToken.None);
        job.Document = document;
    }

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

/// <summary>A batch job in memory, as it was last stored.</summary>
internal sealed class BatchJob(DocumentKey key, BatchDocument document)
{
    private volatile BatchDocument document = document;

    public DocumentKey Key { get; } = key;

    /// <summary>Never changed in place.</summary>
    public BatchDocument Document
    {
        get => document;
        set => document = value;
    }

    public bool IsDeleted { get; set; }

    private SemaphoreSlim Gate { get; } = new(1, 1);

    public bool IsRunning => !IsDeleted && document.State == BatchOperationState.Running;

    /// <summary>What does the job.</summary>
    public Task Work { get; set; } = Task.CompletedTask;

    /// <summary>Nobody else changes the stored job until the result is disposed.</summary>
    public async Task<IDisposable> HoldAsync()
    {
        await Gate.WaitAsync();
        return new Held(Gate);
    }

    private sealed class Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
