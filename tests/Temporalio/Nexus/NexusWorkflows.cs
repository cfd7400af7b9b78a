using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.Nexus;

/// <summary>Stands behind an operation.</summary>
[Workflow]
public sealed class GreeterWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync(string name) => Task.FromResult($"Hello from a workflow, {name}");
}

/// <summary>Stands behind an operation that never ends by itself.</summary>
[Workflow]
public sealed class WaitingWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        await Workflow.WaitConditionAsync(() => false);
        return "never";
    }
}

/// <summary>Calls the service in all ways.</summary>
[Workflow]
public sealed class CallerWorkflow
{
    [WorkflowRun]
    public async Task<List<string>> RunAsync(string endpoint)
    {
        var client = Workflow.CreateNexusClient<IGreetingService>(endpoint);
        List<string> answers =
        [
            await client.ExecuteNexusOperationAsync(service => service.Greet("Ada")),
            await Workflow.CreateNexusClient("GreetingService", endpoint).ExecuteNexusOperationAsync<string>("by-workflow", "Bob"),
        ];
        await client.ExecuteNexusOperationAsync(service => service.Nothing());
        foreach (var how in new[] { "operation", "request", "application" })
        {
            answers.Add(await FailureAsync(client, how));
        }
        answers.Add(await CancelAsync(client));
        return answers;
    }

    private static async Task<string> FailureAsync(NexusClient<IGreetingService> client, string how)
    {
        try
        {
            return await client.ExecuteNexusOperationAsync(service => service.Fail(how));
        }
        catch (NexusOperationFailureException e)
        {
            return string.Join(" < ", Causes(e.InnerException));
        }
    }

    private static async Task<string> CancelAsync(NexusClient<IGreetingService> client)
    {
        using var cancellation = new CancellationTokenSource();
        var handle = await client.StartNexusOperationAsync(
            service => service.WaitByWorkflow(), new() { CancellationToken = cancellation.Token });
#pragma warning disable CA1849 // CancelAsync leaves the workflow's scheduler.
        cancellation.Cancel();
#pragma warning restore CA1849
        try
        {
            return await handle.GetResultAsync();
        }
        catch (NexusOperationFailureException e) when (handle.OperationToken == e.OperationToken)
        {
            return string.Join(" < ", Causes(e.InnerException));
        }
    }

    private static IEnumerable<string> Causes(Exception? e)
    {
        for (; e != null; e = e.InnerException)
        {
            yield return $"{e.GetType().Name}: {(e as NexusHandlerFailureException)?.ErrorType.ToString() ?? e.Message}";
        }
    }
}
