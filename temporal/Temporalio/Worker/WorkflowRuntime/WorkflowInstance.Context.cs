using System.Globalization;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Common.V1;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.WorkflowHistory;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <content>
/// What <see cref="Workflow"/> shows of the run.
/// </content>
internal sealed partial class WorkflowInstance
{
    private readonly Dictionary<string, IRawValue> memo = [];
    private readonly SearchAttributes searchAttributePayloads;
    private readonly SearchAttributeCollection searchAttributes;
    private readonly Dictionary<string, bool> patches = [];
    private WorkflowDefinitionOptions? dynamicOptions;

    /// <inheritdoc/>
    public WorkflowInfo Info { get; }

    /// <inheritdoc/>
    public object Instance => instance ??= NewInstance();

    /// <inheritdoc/>
    public DateTime UtcNow => activation.Timestamp;

    /// <inheritdoc/>
    public DeterministicRandom Random { get; private set; }

    /// <inheritdoc/>
    public ILogger Logger { get; }

    /// <inheritdoc/>
    public MetricMeter MetricMeter => metricMeter.Value;

    /// <inheritdoc/>
    public CancellationToken CancellationToken => cancellation.Token;

    /// <inheritdoc/>
    public bool AllHandlersFinished => runningHandlers.Count == 0;

    /// <inheritdoc/>
    public bool ContinueAsNewSuggested => activation.ContinueAsNewSuggested;

    /// <inheritdoc/>
    public int CurrentHistoryLength => activation.HistoryLength;

    /// <inheritdoc/>
    public int CurrentHistorySize => activation.HistorySizeBytes;

    /// <inheritdoc/>
    public string CurrentBuildId => activation.Deployment?.BuildId ?? string.Empty;

    /// <inheritdoc/>
    public WorkerDeploymentVersion? CurrentDeploymentVersion => activation.Deployment;

    /// <inheritdoc/>
    public IReadOnlyCollection<SuggestContinueAsNewReason> SuggestedContinueAsNewReasons => activation.ContinueAsNewReasons;

    /// <inheritdoc/>
    public bool TargetWorkerDeploymentVersionChanged => activation.TargetDeploymentChanged;

    /// <inheritdoc/>
    public string CurrentDetails { get; set; } = string.Empty;

    /// <inheritdoc/>
    public WorkflowUpdateInfo? CurrentUpdateInfo => currentUpdate.Value;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, IRawValue> Memo => memo;

    /// <inheritdoc/>
    public SearchAttributeCollection TypedSearchAttributes => searchAttributes;

    /// <inheritdoc/>
    public IPayloadConverter PayloadConverter => payloadConverter;

    /// <inheritdoc/>
    public IDictionary<string, WorkflowSignalDefinition> Signals => signals;

    /// <inheritdoc/>
    public IDictionary<string, WorkflowQueryDefinition> Queries => queries;

    /// <inheritdoc/>
    public IDictionary<string, WorkflowUpdateDefinition> Updates => updates;

    /// <inheritdoc/>
    public WorkflowSignalDefinition? DynamicSignal
    {
        get => dynamicSignal;
        set
        {
            RequireDynamic(value?.Dynamic, "signal");
            dynamicSignal = value;
            if (value != null)
            {
                DeliverBufferedSignals(null);
            }
        }
    }

    /// <inheritdoc/>
    public WorkflowQueryDefinition? DynamicQuery
    {
        get => dynamicQuery;
        set
        {
            RequireDynamic(value?.Dynamic, "query");
            dynamicQuery = value;
        }
    }

    /// <inheritdoc/>
    public WorkflowUpdateDefinition? DynamicUpdate
    {
        get => dynamicUpdate;
        set
        {
            RequireDynamic(value?.Dynamic, "update");
            dynamicUpdate = value;
        }
    }

    /// <inheritdoc/>
    public bool IsReplaying => activation.IsReplaying;

    /// <inheritdoc/>
    public bool IsReplayingHistoryEvents => activation.IsReplaying && readOnlyPart == null;

    /// <inheritdoc/>
    public bool Patch(string patchId, bool deprecated)
    {
        if (patches.TryGetValue(patchId, out var taken))
        {
            return taken;
        }
        taken = patchesNotified.Contains(patchId) || (!IsReplaying && (deprecated || IsPatchActivated(patchId)));
        if (taken)
        {
            Request(new WorkflowRequest.SetPatch(patchId, deprecated));
        }
        patches[patchId] = taken;
        return taken;
    }

    // The application's code: it sees the workflow, but must not change it. Asked once a run, since the answer is kept.
    private bool IsPatchActivated(string patchId)
    {
        if (details.PatchActivation is not { } decide)
        {
            return true;
        }
        var outside = readOnlyPart;
        readOnlyPart = $"Patch activation callback for {patchId}";
        try
        {
            return decide(new(Info, patchId));
        }
        finally
        {
            readOnlyPart = outside;
        }
    }

    /// <inheritdoc/>
    public void UpsertMemo(IReadOnlyCollection<MemoUpdate> updates)
    {
        RequireDistinct(updates.Select(u => u.UntypedKey));
        var changed = new Memo();
        foreach (var update in updates)
        {
            changed.Fields[update.UntypedKey] = payloadConverter.ToPayload(update.HasValue ? update.UntypedValue : null);
        }
        Request(new WorkflowRequest.UpsertMemo(changed));
        foreach (var update in updates)
        {
            memo.Remove(update.UntypedKey);
            if (update.HasValue)
            {
                memo[update.UntypedKey] = new RawValue(changed.Fields[update.UntypedKey]);
            }
        }
    }

    /// <inheritdoc/>
    public void UpsertTypedSearchAttributes(IReadOnlyCollection<SearchAttributeUpdate> updates)
    {
        RequireDistinct(updates.Select(u => u.UntypedKey.Name));
        var changed = new SearchAttributes();
        foreach (var update in updates)
        {
            changed.IndexedFields[update.UntypedKey.Name] = update.ToUpsertPayload();
        }
        Request(new WorkflowRequest.UpsertSearchAttributes(changed));
        searchAttributes.ApplyUpdates(updates);
        foreach (var update in updates)
        {
            searchAttributePayloads.IndexedFields.Remove(update.UntypedKey.Name);
            if (update.HasValue)
            {
                searchAttributePayloads.IndexedFields[update.UntypedKey.Name] = changed.IndexedFields[update.UntypedKey.Name];
            }
        }
    }

    /// <inheritdoc/>
    public T WithTracingEventListenerDisabled<T>(Func<T> fn)
    {
        var before = requests.Count;
        escapesAllowed++;
        try
        {
            return fn();
        }
        finally
        {
            escapesAllowed--;
            if (requests.Count != before)
            {
                Fail(new InvalidWorkflowOperationException("Function during tracing event listener disabling created workflow commands"));
            }
        }
    }

    private object NewInstance()
    {
        var created = definition.CreateWorkflowInstance(definition.CreatorTakesArguments ? StartArguments() : []);
        if (definition.DynamicOptionsMethod is { } method)
        {
            dynamicOptions = (WorkflowDefinitionOptions?)Invocation.Call(method, created, []);
        }
        return created;
    }

    private ReplaySafeMetricMeter NewMetricMeter()
    {
        var meter = details.MetricMeter?.Value ?? MetricMeterNoop.Instance;
        return new ReplaySafeMetricMeter(
            meter.WithTags(new Dictionary<string, object>
            {
                ["namespace"] = Info.Namespace,
                ["task_queue"] = Info.TaskQueue,
                ["workflow_type"] = Info.WorkflowType,
            }),
            () => IsReplaying);
    }

    private static void RequireDynamic(bool? dynamic, string kind)
    {
        if (dynamic == false)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Dynamic {kind} handler must not have a name"));
        }
    }

    private static void RequireDistinct(IEnumerable<string> keys)
    {
        var seen = new HashSet<string>();
        foreach (var key in keys)
        {
            if (!seen.Add(key))
            {
                throw new ArgumentException($"More than one update for key {key}");
            }
        }
        if (seen.Count == 0)
        {
            throw new ArgumentException("At least one update required");
        }
    }
}
