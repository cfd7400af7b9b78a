using Temporalio.Workflows;

namespace Settlement.Drills.EmbeddedServer;

/// <summary>
/// What is under way while a server is killed: activities and timers in turn, signals and updates at any time, until it is told to finish.
/// </summary>
[Workflow]
public sealed class KilledWorkflow
{
    private readonly List<string> signals = [];
    private readonly List<string> updates = [];
    private bool finish;

    /// <summary>Runs until told to finish, then says what it has been told.</summary>
    /// <param name="steps">Activities, each followed by a timer.</param>
    /// <param name="pauseMilliseconds">Of each timer.</param>
    [WorkflowRun]
    public async Task<KilledResult> RunAsync(int steps, int pauseMilliseconds)
    {
        var results = new List<string>();
        for (var step = 0; step < steps; step++)
        {
            results.Add(await Workflow.ExecuteActivityAsync(
                (KilledActivities actions) => actions.Step(step),
                new() { StartToCloseTimeout = TimeSpan.FromSeconds(5), RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(100), BackoffCoefficient = 1 } }));
            await Workflow.DelayAsync(pauseMilliseconds);
        }

        await Workflow.WaitConditionAsync(() => finish && Workflow.AllHandlersFinished);
        return new KilledResult(results, signals, updates);
    }

    /// <summary>One message that must not be lost.</summary>
    [WorkflowSignal]
    public Task TellAsync(string token)
    {
        signals.Add(token);
        return Task.CompletedTask;
    }

    /// <summary>One change that must be made once.</summary>
    [WorkflowUpdate]
    public async Task<string> ChangeAsync(string token)
    {
        await Workflow.DelayAsync(1);
        updates.Add(token);
        return "changed " + token;
    }

    /// <summary>No more is to come.</summary>
    [WorkflowSignal]
    public Task FinishAsync()
    {
        finish = true;
        return Task.CompletedTask;
    }
}

/// <summary>What a workflow under fire says at its end.</summary>
/// <param name="Steps">Results of its activities, in order.</param>
/// <param name="Signals">Tokens that it was told, in order.</param>
/// <param name="Updates">Tokens of changes that it made, in order.</param>
public sealed record KilledResult(IReadOnlyList<string> Steps, IReadOnlyList<string> Signals, IReadOnlyList<string> Updates);
