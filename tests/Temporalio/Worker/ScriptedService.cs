using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.InTree.Tests.Worker;

/// <summary>
/// A server side of a few lines: hands out the tasks that a test queues, answers heartbeats as it says and keeps what was
/// reported. Polls without a task wait until cancelled, as a real one does for a minute.
/// </summary>
internal sealed class ScriptedService : WorkflowService
{
    private readonly Channel<Func<PollActivityTaskQueueResponse>> pollAnswers = Channel.CreateUnbounded<Func<PollActivityTaskQueueResponse>>();

    public ConcurrentQueue<RecordActivityTaskHeartbeatRequest> Heartbeats { get; } = new();

    public ConcurrentQueue<IMessage> Reports { get; } = new();

    public ConcurrentQueue<Exception> ReportFailures { get; } = new();

    public Func<RecordActivityTaskHeartbeatRequest, RecordActivityTaskHeartbeatResponse> OnHeartbeat { get; set; } = _ => new();

    public DescribeNamespaceResponse Namespace { get; set; } = new();

    public ShutdownWorkerRequest? Shutdown { get; private set; }

    public int Polls => polls;

    private int polls;

    public void Enqueue(PollActivityTaskQueueResponse task) => pollAnswers.Writer.TryWrite(() => task);

    public void FailPoll(Exception failure) => pollAnswers.Writer.TryWrite(() => throw failure);

    /// <summary>Waits for the first report.</summary>
    public async Task<T> ReportAsync<T>()
        where T : IMessage
    {
        await Eventually.Async(() => !Reports.IsEmpty);
        return Reports.First().ShouldBeOfType<T>();
    }

    protected override async Task<T> InvokeRpcAsync<T>(string rpc, IMessage req, MessageParser<T> resp, RpcOptions? options = null) =>
        (T)await AnswerAsync(req, options?.CancellationToken ?? CancellationToken.None);

    private async Task<IMessage> AnswerAsync(IMessage request, CancellationToken cancellationToken)
    {
        switch (request)
        {
            case PollActivityTaskQueueRequest:
                Interlocked.Increment(ref polls);
                return (await pollAnswers.Reader.ReadAsync(cancellationToken))();
            case RecordActivityTaskHeartbeatRequest heartbeat:
                Heartbeats.Enqueue(heartbeat);
                return OnHeartbeat(heartbeat);
            case DescribeNamespaceRequest:
                return Namespace;
            case ShutdownWorkerRequest shutdown:
                Shutdown = shutdown;
                return new ShutdownWorkerResponse();
            case RespondActivityTaskCompletedRequest:
                return Report(request, new RespondActivityTaskCompletedResponse());
            case RespondActivityTaskFailedRequest:
                return Report(request, new RespondActivityTaskFailedResponse());
            case RespondActivityTaskCanceledRequest:
                return Report(request, new RespondActivityTaskCanceledResponse());
            default:
                throw new RpcException(RpcException.StatusCode.Unimplemented, request.Descriptor.Name, null);
        }
    }

    private IMessage Report(IMessage request, IMessage response)
    {
        if (ReportFailures.TryDequeue(out var failure))
        {
            throw failure;
        }
        Reports.Enqueue(request);
        return response;
    }
}
