using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.Workflows.Offline;

/// <summary>Signals, queries and updates of all kinds.</summary>
[Workflow]
public class HandlersWorkflow
{
    private readonly List<string> log = [];
    private bool release;

    [WorkflowQuery]
    public IReadOnlyList<string> Log => log;

    [WorkflowQuery]
    public string Broken => throw new InvalidOperationException("no answer");

    [WorkflowQuery]
    public string Mischief()
    {
        _ = Workflow.DelayAsync(TimeSpan.FromSeconds(1));
        return "changed something";
    }

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        log.Add("main");
        Workflow.CurrentDetails = "**waiting**";
        await Workflow.WaitConditionAsync(() => release);
        Workflow.Signals["Late"] = WorkflowSignalDefinition.CreateWithoutAttribute("Late", (string text) =>
        {
            log.Add($"late {text}");
            return Task.CompletedTask;
        });
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
        return string.Join(',', log);
    }

    [WorkflowSignal]
    public Task ReleaseAsync()
    {
        release = true;
        return Task.CompletedTask;
    }

    [WorkflowSignal]
    public Task NumberAsync(int number)
    {
        log.Add($"number {number}");
        return Task.CompletedTask;
    }

    [WorkflowUpdateValidator(nameof(ChangeAsync))]
    public void ValidateChange(string text)
    {
        if (text == "mischief")
        {
            _ = Workflow.DelayAsync(TimeSpan.FromSeconds(1));
        }
        if (text.Length == 0)
        {
            throw new ArgumentException("nothing given");
        }
    }

    [WorkflowUpdate(Description = "Changes the text")]
    public async Task<string> ChangeAsync(string text)
    {
        log.Add($"update {text} {Workflow.CurrentUpdateInfo!.Id}");
        if (text == "slow")
        {
            await Workflow.DelayAsync(TimeSpan.FromSeconds(1));
        }
        return text.ToUpperInvariant();
    }

    [WorkflowUpdate]
    public Task RefuseAsync() => throw new ApplicationFailureException("not today", "Refused");
}

/// <summary>Takes whatever comes.</summary>
[Workflow(Dynamic = true)]
public class DynamicWorkflow
{
    private readonly List<string> log = [];
    private bool end;

    [WorkflowRun]
    public async Task<string> RunAsync(IRawValue[] args)
    {
        log.Add($"{Workflow.Info.WorkflowType}/{args.Length}");
        await Workflow.WaitConditionAsync(() => end);
        return string.Join(',', log);
    }

    [WorkflowSignal(Dynamic = true)]
    public Task SignalAsync(string name, IRawValue[] args)
    {
        log.Add($"signal {name} {Workflow.PayloadConverter.ToValue<string>(args[0])}");
        return Task.CompletedTask;
    }

    [WorkflowQuery(Dynamic = true)]
    public string Query(string name, IRawValue[] args) => $"query {name}";

    [WorkflowUpdate(Dynamic = true)]
    public Task<string> UpdateAsync(string name, IRawValue[] args)
    {
        end = name == "End";
        return Task.FromResult($"update {name}");
    }
}

/// <summary>Fails, in the way that it is told.</summary>
[Workflow(FailureExceptionTypes = [typeof(TimeoutException)])]
public class FailingWorkflow
{
    [WorkflowRun]
    public async Task RunAsync(string way)
    {
        switch (way)
        {
            case "application":
                throw new ApplicationFailureException("as agreed", "Agreed");
            case "bug":
                throw new InvalidOperationException("a bug");
            case "configured":
                throw new TimeoutException("too late");
            case "Task.Run":
                await Task.Run(() => 1);
                break;
            case "Task.Delay":
                await Task.Delay(1);
                break;
            case "Task.Yield":
                await Task.Yield();
                break;
            case "ContinueWith":
                await Workflow.RunTaskAsync(() => Task.CompletedTask).ContinueWith(_ => { }, TaskScheduler.Current);
                break;
            case "Timer":
                using (var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1)))
                {
                    await timer.WaitForNextTickAsync();
                }
                break;
            case "ConfigureAwait":
                await Workflow.DelayAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
                break;
            case "allowed":
                Workflow.Unsafe.WithTracingEventListenerDisabled(() => Task.Run(() => 1).GetAwaiter().GetResult());
                break;
        }
    }
}

/// <summary>Never gives its thread back, until the test lets it.</summary>
[Workflow]
public class StuckWorkflow
{
    public static readonly ManualResetEventSlim Released = new();

    [WorkflowRun]
    public Task RunAsync()
    {
        Workflow.Unsafe.WithTracingEventListenerDisabled(() => Released.Wait(TimeSpan.FromSeconds(60)));
        return Task.CompletedTask;
    }
}

/// <summary>Takes its arguments in the constructor.</summary>
[Workflow]
public class InitWorkflow
{
    private readonly string name;

    [WorkflowInit]
    public InitWorkflow(string name) => this.name = $"{name} of {Workflow.Info.WorkflowId}";

    [WorkflowQuery]
    public string Name => name;

    [WorkflowRun]
    public Task<string> RunAsync(string ignored) => Task.FromResult($"{name} {ignored.Length}");
}

/// <summary>A workflow that a later change has broken.</summary>
[Workflow]
public class BrokenWorkflow
{
    [WorkflowRun]
    public Task RunAsync(string way) => throw new NotSupportedException("broken by a later change");
}
