using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;
using Temporalio.Worker.WorkflowHistory;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>
/// One workflow run: its object, its tasks, its event loop. It is the scheduler of the run's tasks, and by that the
/// context that <see cref="Workflow"/> finds.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Workflow code may look at the token for as long as the run is kept; it holds no handle")]
internal sealed partial class WorkflowInstance : TaskScheduler, IWorkflowContext
{
    private readonly WorkflowInstanceDetails details;
    private readonly WorkflowDefinition definition;
    private readonly IPayloadConverter payloadConverter;
    private readonly IFailureConverter failureConverter;
    private readonly ILogger logger;
    private readonly WorkflowInboundInterceptor inbound;
    private readonly WorkflowOutboundInterceptor outbound;
    private readonly CancellationTokenSource cancellation = new();
    private readonly List<WorkflowRequest> requests = [];
    private readonly Dictionary<string, WorkflowQueryResult> answers = [];
    private readonly HashSet<uint> usedFlags = [];
    private readonly Lazy<MetricMeter> metricMeter;
    private object? instance;
    private object?[]? startArguments;
    private Activation activation;
    private bool mainStarted;
    private Exception? taskFailure;

    /// <summary>Initializes a new instance of the <see cref="WorkflowInstance"/> class.</summary>
    /// <param name="details">What the run is made of.</param>
    /// <param name="first">First activation, for the state that exists before it is applied.</param>
    internal WorkflowInstance(WorkflowInstanceDetails details, Activation first)
    {
        this.details = details;
        activation = first;
        definition = details.Definition;
        payloadConverter = details.DataConverter.PayloadConverter;
        failureConverter = details.DataConverter.FailureConverter;
        Info = WorkflowInfoReader.Read(details);
        logger = details.LoggerFactory.CreateLogger($"Temporalio.Workflow:{Info.WorkflowType}");
        Logger = new ReplaySafeLogger(logger, () => IsReplayingHistoryEvents);
        metricMeter = new(() => NewMetricMeter());
        Random = new(RandomSeed.From(Info.OriginalExecutionRunId));
        signals = new(definition.Signals, OnSetSignal) { AfterSet = DeliverBufferedSignals };
        queries = new(definition.Queries, (name, handler) => RequireSameName(name, handler.Name, "Query"));
        updates = new(definition.Updates, (name, handler) => RequireSameName(name, handler.Name, "Update"));
        (dynamicSignal, dynamicQuery, dynamicUpdate) =
            (definition.DynamicSignal, definition.DynamicQuery, definition.DynamicUpdate);
        var started = details.Start.Started;
        foreach (var (key, payload) in started.Memo?.Fields ?? [])
        {
            memo[key] = new RawValue(payload);
        }
        searchAttributePayloads = started.SearchAttributes?.Clone() ?? new();
        searchAttributes = SearchAttributeCollection.FromProto(searchAttributePayloads);
        (inbound, outbound) = BuildInterceptors();
    }

    /// <summary>Gets the workflow type.</summary>
    internal WorkflowDefinition Definition => definition;

    /// <summary>Gets the exception types that fail the workflow, as it says itself or its attribute does.</summary>
    internal IReadOnlyCollection<Type> FailureExceptionTypes =>
        dynamicOptions?.FailureExceptionTypes ?? definition.FailureExceptionTypes ?? [];

    /// <summary>Gets how the workflow moves between worker deployment versions, as it says itself or its attribute does.</summary>
    internal VersioningBehavior VersioningBehavior => dynamicOptions is { VersioningBehavior: not VersioningBehavior.Unspecified } options
        ? options.VersioningBehavior
        : definition.VersioningBehavior;

    /// <summary>Gets a value indicating whether work that leaves the scheduler is detected right now.</summary>
    internal bool DetectsEscapes => details.DetectsEscapes && escapesAllowed == 0;

    /// <summary>Tells the run what happened and runs it until it waits.</summary>
    /// <param name="next">What happened.</param>
    /// <returns>What came of it.</returns>
    internal ActivationOutcome Activate(Activation next)
    {
        activation = next;
        requests.Clear();
        answers.Clear();
        usedFlags.Clear();
        using var scope = logger.BeginScope(Info.LoggerScope);
        var context = SynchronizationContext.Current;
        try
        {
            SynchronizationContext.SetSynchronizationContext(null);
            Volatile.Write(ref activationThread, Environment.CurrentManagedThreadId);
            details.TaskStarting?.Invoke(new(Info, definition));
            ApplyAndRun(next.Jobs);
        }
#pragma warning disable CA1031 // Whatever goes wrong here fails the task, and is reported with it.
        catch (Exception e)
        {
            Fail(e);
        }
#pragma warning restore CA1031
        finally
        {
            Volatile.Write(ref activationThread, 0);
            SynchronizationContext.SetSynchronizationContext(context);
        }
        TellCompleted();
        return new([.. requests], new Dictionary<string, WorkflowQueryResult>(answers), [.. usedFlags], taskFailure);
    }

    private void TellCompleted()
    {
        try
        {
            details.TaskCompleted?.Invoke(new(Info, definition, taskFailure));
        }
#pragma warning disable CA1031 // An event handler of the worker's owner is code of the task like any other.
        catch (Exception e)
        {
            Fail(e);
        }
#pragma warning restore CA1031
    }

    /// <summary>Fails the current task; the first failure counts.</summary>
    /// <param name="failure">Why.</param>
    internal void Fail(Exception failure) => Interlocked.CompareExchange(ref taskFailure, failure, null);

    private static void RequireSameName(string name, string? definitionName, string kind)
    {
        if (name != definitionName)
        {
            throw new ArgumentException($"{kind} name {name} doesn't match definition name {definitionName}");
        }
    }

    private void ApplyAndRun(IReadOnlyList<ActivationJob> jobs)
    {
        if (jobs.Count > 0 && jobs[0] is ActivationJob.Query)
        {
            foreach (var job in jobs.Cast<ActivationJob.Query>())
            {
                ApplyQuery(job);
            }
            RunUntilIdle(checkConditions: false);
            return;
        }
        // The wish to be replayed like this is written down with the first task, and holds for the whole run.
        var modern = UseFlag(LanguageFlags.ModernEventLoop);
        UseFlag(LanguageFlags.ReorderWorkflowCompletion);
        foreach (var job in jobs)
        {
            Apply(job);
            if (!modern)
            {
                StartMain();
            }
        }
        StartMain();
        RunUntilIdle(checkConditions: true);
    }

    private bool UseFlag(uint flag)
    {
        if (activation.LanguageFlags.Contains(flag))
        {
            return true;
        }
        if (activation.IsReplaying)
        {
            return false;
        }
        usedFlags.Add(flag);
        return true;
    }

    private void StartMain()
    {
        if (mainStarted)
        {
            return;
        }
        mainStarted = true;
        _ = StartTask(() => RunTopLevelAsync(async () =>
        {
            var target = Instance;
            var input = new ExecuteWorkflowInput(target, definition.RunMethod, StartArguments());
            var result = await inbound.ExecuteWorkflowAsync(input);
            WarnOfUnfinishedHandlers();
            Request(new WorkflowRequest.Complete(new() { Result = new() { Payloads_ = { payloadConverter.ToPayload(WithoutUnit(result)) } } }));
        }));
    }

    private static object? WithoutUnit(object? result) => result is ValueTuple ? null : result;

    private object?[] StartArguments() => startArguments ??= Invocation.DecodeArguments(
        payloadConverter,
        definition.RunMethod,
        (IReadOnlyList<Payload>?)details.Start.Started.Input?.Payloads_ ?? [],
        $"Workflow {Info.WorkflowType}",
        definition.Dynamic);

    /// <summary>Runs a part of the workflow whose end, other than by returning, is an end of the workflow or of the task.</summary>
    private async Task RunTopLevelAsync(Func<Task> part)
    {
        try
        {
            await part();
        }
        catch (ContinueAsNewException e)
        {
            WarnOfUnfinishedHandlers();
            Guarded(() => Request(new WorkflowRequest.ContinueAsNew(ContinueAsNewAttributes(e.Input))));
        }
        catch (Exception e) when (cancellation.IsCancellationRequested && TemporalException.IsCanceledException(e))
        {
            WarnOfUnfinishedHandlers();
            Request(new WorkflowRequest.Cancel());
        }
        catch (Exception e) when (FailsWorkflow(e))
        {
            logger.LogDebug(e, "Workflow {WorkflowId} failed", Info.WorkflowId);
            Guarded(() => Request(new WorkflowRequest.Fail(failureConverter.ToFailure(e, payloadConverter))));
        }
#pragma warning disable CA1031 // Every other exception is a mistake in code, which fails the task until it is mended.
        catch (Exception e)
        {
            Fail(e);
        }
#pragma warning restore CA1031
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031 // A value that cannot be converted is a mistake in code too.
        catch (Exception e)
        {
            Fail(e);
        }
#pragma warning restore CA1031
    }

    private bool FailsWorkflow(Exception e) =>
        e is FailureException or OperationCanceledException ||
        FailureExceptionTypes.Any(type => type.IsInstanceOfType(e)) ||
        details.FailureExceptionTypes.Any(type => type.IsInstanceOfType(e));

    private void Request(WorkflowRequest request)
    {
        if (readOnlyPart != null)
        {
            throw new InvalidWorkflowOperationException($"{readOnlyPart} created workflow commands: it asked for {request.GetType().Name}");
        }
        requests.Add(request);
    }
}
