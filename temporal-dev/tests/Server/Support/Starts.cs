using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.DevServer.Tests.Support;

/// <summary>Workflows that nobody works on: enough for what is about listing, scheduling and ending them.</summary>
internal static class Starts
{
    public static Task<string> StartAsync(this InProcessServer server, string workflowId, params (string Name, string Json)[] attributes) => StartAsync(server, workflowId, null, attributes);

    public static async Task<string> StartAsync(this InProcessServer server, string workflowId, TimeSpan? delay, params (string Name, string Json)[] attributes)
    {
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowId = workflowId,
            WorkflowType = new WorkflowType { Name = "T" },
            TaskQueue = new TaskQueue { Name = "q" },
            RequestId = workflowId,
        };
        if (delay is { } wait)
            request.WorkflowStartDelay = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(wait);
        if (attributes.Length > 0)
            request.SearchAttributes = new SearchAttributes { IndexedFields = { attributes.ToDictionary(a => a.Name, a => Json(a.Json)) } };
        return (await server.WorkflowAsync<StartWorkflowExecutionResponse>("StartWorkflowExecution", request)).RunId;
    }

    public static Task TerminateAsync(this InProcessServer server, string workflowId) => server.WorkflowAsync<TerminateWorkflowExecutionResponse>(
        "TerminateWorkflowExecution", new TerminateWorkflowExecutionRequest { Namespace = "default", WorkflowExecution = new WorkflowExecution { WorkflowId = workflowId } });

    public static async Task<long> CountAsync(this InProcessServer server, string query = "") =>
        (await server.WorkflowAsync<CountWorkflowExecutionsResponse>("CountWorkflowExecutions", new CountWorkflowExecutionsRequest { Namespace = "default", Query = query })).Count;

    /// <summary>Waits until something holds; generous, because the machine may be busy.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
            await Task.Delay(20, limit.Token);
    }

    private static Payload Json(string json) => new() { Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") }, Data = ByteString.CopyFromUtf8(json) };
}
