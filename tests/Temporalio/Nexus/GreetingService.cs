using NexusRpc;
using NexusRpc.Handlers;
using Temporalio.Exceptions;
using Temporalio.Nexus;

namespace Temporalio.InTree.Tests.Nexus;

/// <summary>A Nexus service with an operation of every kind.</summary>
[NexusService]
public interface IGreetingService
{
    [NexusOperation]
    string Greet(string name);

    [NexusOperation("by-workflow")]
    string GreetByWorkflow(string name);

    [NexusOperation]
    string WaitByWorkflow();

    [NexusOperation]
    void Nothing();

    [NexusOperation]
    string Fail(string how);
}

/// <summary>Its handlers.</summary>
[NexusServiceHandler(typeof(IGreetingService))]
public sealed class GreetingService
{
    [NexusOperationHandler]
    public IOperationHandler<string, string> Greet() => OperationHandler.Sync<string, string>((_, name) => $"Hello, {name}");

    [NexusOperationHandler]
    public IOperationHandler<string, string> GreetByWorkflow() => WorkflowRunOperationHandler.FromHandleFactory(
        (WorkflowRunOperationContext context, string name) => context.StartWorkflowAsync(
            (GreeterWorkflow flow) => flow.RunAsync(name), new() { Id = $"greeter-{context.HandlerContext.RequestId}" }));

    [NexusOperationHandler]
    public IOperationHandler<NoValue, string> WaitByWorkflow() => WorkflowRunOperationHandler.FromHandleFactory(
        context => context.StartWorkflowAsync(
            (WaitingWorkflow flow) => flow.RunAsync(), new() { Id = $"waiting-{context.HandlerContext.RequestId}" }));

    [NexusOperationHandler]
    public IOperationHandler<NoValue, NoValue> Nothing() => OperationHandler.Sync(_ => default(NoValue));

    [NexusOperationHandler]
    public IOperationHandler<string, string> Fail() => OperationHandler.Sync<string, string>(async (_, how) => how switch
    {
        "operation" => throw OperationException.CreateFailed("the operation failed"),
        "request" => throw new HandlerException(HandlerErrorType.BadRequest, "the request is bad"),
        _ => throw new ApplicationFailureException("the application failed", nonRetryable: true),
    });
}
