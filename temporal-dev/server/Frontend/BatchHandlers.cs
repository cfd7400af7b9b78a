using Grpc.Core;
using Temporalio.Api.Batch.V1;
using Temporalio.DevServer.Batches;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Frontend;

/// <summary>The methods about batch jobs.</summary>
internal sealed class BatchHandlers(BatchService batches, Spaces spaces)
{
    private const int MaxPageSize = 1000;

    public void Register(ServiceTable service) => service
        .Unary<StartBatchOperationRequest, StartBatchOperationResponse>("StartBatchOperation", StartAsync)
        .Unary<StopBatchOperationRequest, StopBatchOperationResponse>("StopBatchOperation", StopAsync)
        .Unary<DescribeBatchOperationRequest, DescribeBatchOperationResponse>("DescribeBatchOperation", Describe)
        .Unary<ListBatchOperationsRequest, ListBatchOperationsResponse>("ListBatchOperations", List);

    private async Task<StartBatchOperationResponse> StartAsync(StartBatchOperationRequest request, ServerCallContext call)
    {
        await batches.AddAsync(spaces.RequireForStart(request.Namespace), request, call.CancellationToken);
        return new StartBatchOperationResponse();
    }

    private async Task<StopBatchOperationResponse> StopAsync(StopBatchOperationRequest request, ServerCallContext call)
    {
        await batches.StopAsync(spaces.Require(request.Namespace).Id, request.JobId);
        return new StopBatchOperationResponse();
    }

    private DescribeBatchOperationResponse Describe(DescribeBatchOperationRequest request)
    {
        var job = batches.Find(spaces.Require(request.Namespace).Id, request.JobId)
            ?? throw RpcRefusal.NotFound($"workflow not found for ID: {(request.JobId.Length <= Limits.Default.IdLength ? request.JobId : "…")}");
        var response = new DescribeBatchOperationResponse
        {
            OperationType = BatchCheck.TypeOf(job.Request),
            JobId = job.Request.JobId,
            State = job.State,
            StartTime = job.StartTime,
            CloseTime = job.CloseTime,
            TotalOperationCount = job.Total,
            CompleteOperationCount = job.Completed,
            FailureOperationCount = job.Failed,
            Identity = BatchCheck.IdentityOf(job.Request),
            Reason = job.Request.Reason,
            Query = job.Request.VisibilityQuery,
        };
        response.Executions.AddRange(BatchCheck.Named(job.Request).Select(e => new Api.Common.V1.Execution { Type = Api.Enums.V1.ExecutionType.Workflow, BusinessId = e.WorkflowId, RunId = e.RunId }));
        return response;
    }

    private ListBatchOperationsResponse List(ListBatchOperationsRequest request)
    {
        var size = request.PageSize is <= 0 or > MaxPageSize ? MaxPageSize : request.PageSize;
        var jobs = batches.All(spaces.Require(request.Namespace).Id);
        if (!request.NextPageToken.IsEmpty)
            jobs = After(jobs, request.NextPageToken);
        var page = jobs.Take(size + 1).ToList();
        var response = new ListBatchOperationsResponse();
        response.OperationInfo.AddRange(page.Take(size).Select(j => new BatchOperationInfo
        {
            JobId = j.Request.JobId,
            State = j.State,
            StartTime = j.StartTime,
            CloseTime = j.CloseTime,
            OperationType = BatchCheck.TypeOf(j.Request),
        }));
        if (page.Count > size)
            response.NextPageToken = ByteString.CopyFromUtf8(page[size - 1].Request.JobId);
        return response;
    }

    /// <summary>The token is the id of the last job shown; if that is gone meanwhile, so is the place.</summary>
    private static List<BatchDocument> After(IEnumerable<BatchDocument> jobs, ByteString token)
    {
        var all = jobs.ToList();
        var at = all.FindIndex(j => j.Request.JobId == token.ToStringUtf8());
        return at < 0 ? throw new InvalidPageTokenException() : all.GetRange(at + 1, all.Count - at - 1);
    }
}
