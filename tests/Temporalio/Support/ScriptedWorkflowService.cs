using System.Collections.Concurrent;
using Google.Protobuf;
using Temporalio.Client;

namespace Temporalio.InTree.Tests.Support;

/// <summary>A workflow service that answers from a script and keeps what it was asked.</summary>
internal sealed class ScriptedWorkflowService : WorkflowService
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<IMessage, RpcOptions?, Task<IMessage>>>> answers = new();

    /// <summary>Requests so far, cloned when they came in.</summary>
    public ConcurrentQueue<(string Rpc, IMessage Request, RpcOptions? Options)> Calls { get; } = new();

    /// <summary>Adds an answer to the next unanswered call of an RPC.</summary>
    public ScriptedWorkflowService Answer(string rpc, IMessage response) =>
        Answer(rpc, (_, _) => Task.FromResult(response));

    /// <summary>Adds an error as the answer to the next unanswered call of an RPC.</summary>
    public ScriptedWorkflowService Fail(string rpc, Exception exception) =>
        Answer(rpc, (_, _) => Task.FromException<IMessage>(exception));

    /// <summary>Adds an answer to the next unanswered call of an RPC.</summary>
    public ScriptedWorkflowService Answer(string rpc, Func<IMessage, RpcOptions?, Task<IMessage>> answer)
    {
        answers.GetOrAdd(rpc, _ => new()).Enqueue(answer);
        return this;
    }

    /// <summary>The requests of one type, in order.</summary>
    public IReadOnlyList<T> RequestsOf<T>() => Calls.Select(c => c.Request).OfType<T>().ToArray();

    protected override async Task<T> InvokeRpcAsync<T>(string rpc, IMessage req, MessageParser<T> resp, RpcOptions? options = null)
    {
        Calls.Enqueue((rpc, req.Descriptor.Parser.ParseFrom(req.ToByteArray()), options));
        if (!answers.TryGetValue(rpc, out var queue) || !queue.TryDequeue(out var answer))
        {
            throw new InvalidOperationException($"The script has no answer to {rpc} {req}");
        }
        return (T)await answer(req, options);
    }
}
