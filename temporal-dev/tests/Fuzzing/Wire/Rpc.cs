using Google.Protobuf;

namespace Temporalio.Fuzzing.Wire;

/// <summary>Ordinary calls, for what is set up and looked after.</summary>
internal sealed class Rpc(RawClient client)
{
    private const string Workflow = "/temporal.api.workflowservice.v1.WorkflowService/";

    /// <summary>Path of a method of the workflow service.</summary>
    public static string WorkflowPath(string method) => Workflow + method;

    /// <summary>Calls a method of the workflow service.</summary>
    /// <exception cref="InvalidOperationException">Any status but OK.</exception>
    public Task<TResponse> WorkflowAsync<TResponse>(string method, IMessage request, CancellationToken cancellationToken)
        where TResponse : IMessage<TResponse>, new() => CallAsync<TResponse>(WorkflowPath(method), request, cancellationToken);

    /// <summary>Calls any method.</summary>
    /// <exception cref="InvalidOperationException">Any status but OK.</exception>
    public async Task<TResponse> CallAsync<TResponse>(string path, IMessage request, CancellationToken cancellationToken)
        where TResponse : IMessage<TResponse>, new()
    {
        var answer = await client.SendAsync(new RawCall { Path = path, Body = RawCall.Frame(request.ToByteArray()), Timeout = "20S" }, cancellationToken);
        if (answer.GrpcStatus != 0)
            throw new InvalidOperationException($"{path}: {answer.Kind} {Uri.UnescapeDataString(answer.Message)}");
        var response = new TResponse();
        response.MergeFrom(answer.Body.AsSpan(5));
        return response;
    }
}
