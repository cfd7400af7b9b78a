using OpenTelemetry;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Extensions.OpenTelemetry;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.OpenTelemetry;

/// <summary>Does, in the way that it is told, what has a span.</summary>
[Workflow]
public sealed class TracedWorkflow
{
    private static readonly ActivityOptions Often = new()
    {
        StartToCloseTimeout = TimeSpan.FromMinutes(1),
        RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(1) },
    };

    private int told;

    [WorkflowRun]
    public async Task<string> RunAsync(string way)
    {
        switch (way)
        {
            case "tree":
                using (SpanRecorder.Source.TrackWorkflowDiagnosticActivity("own", tags: [new("reason", "test")]))
                {
                    await Workflow.ExecuteActivityAsync(() => Work("ok"), Often);
                }
                return await Workflow.ExecuteChildWorkflowAsync((TracedWorkflow flow) => flow.RunAsync("leaf"));
            case "leaf":
                return await Workflow.ExecuteLocalActivityAsync(() => Work("ok"), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
            case "wait":
                await Workflow.WaitConditionAsync(() => told == 2);
                return "told";
            case "tell":
                var child = await Workflow.StartChildWorkflowAsync((TracedWorkflow flow) => flow.RunAsync("wait"));
                await child.SignalAsync(flow => flow.TellAsync());
                await Workflow.GetExternalWorkflowHandle<TracedWorkflow>(child.Id).SignalAsync(flow => flow.TellAsync());
                return await child.GetResultAsync();
            case "retry":
                return await Workflow.ExecuteActivityAsync(() => Work("second attempt"), Often);
            case "benign":
                try
                {
                    return await Workflow.ExecuteActivityAsync(() => Work("benign"), Often);
                }
                catch (ActivityFailureException e)
                {
                    return e.InnerException!.Message;
                }
            case "fail":
                throw new ApplicationFailureException("no cover");
            case "fail-task":
                var replayed = Workflow.Unsafe.IsReplaying;
                await Workflow.DelayAsync(1);
                return replayed ? "second task" : throw new InvalidOperationException("mistake");
            case "continue":
                throw Workflow.CreateContinueAsNewException((TracedWorkflow flow) => flow.RunAsync("leaf"));
            default:
                throw new ApplicationFailureException($"Unknown way {way}");
        }
    }

    [WorkflowSignal]
    public Task TellAsync()
    {
        told++;
        return Task.CompletedTask;
    }

    [WorkflowQuery]
    public int Told(bool fail) => fail ? throw new ApplicationFailureException("no answer") : told;

    [WorkflowUpdate]
    public async Task<int> ChangeAsync(string how)
    {
        if (how == "fail") throw new ApplicationFailureException("no change");
        await Workflow.ExecuteActivityAsync(() => Work("ok"), Often);
        return ++told;
    }

    [WorkflowUpdateValidator(nameof(ChangeAsync))]
    public void ValidateChange(string how)
    {
        if (how == "refuse") throw new ApplicationFailureException("not allowed");
    }

    [Activity]
    public static string Work(string way)
    {
        var (context, team) = (ActivityExecutionContext.Current, Baggage.GetBaggage("team"));
        return way switch
        {
            "second attempt" when context.Info.Attempt == 1 => throw new ApplicationFailureException("first attempt"),
            "benign" => throw new ApplicationFailureException("expected", nonRetryable: true, category: ApplicationErrorCategory.Benign),
            _ => $"worked for {team}",
        };
    }
}
