using System.Linq.Expressions;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Temporalio.Client.Schedules;

/// <summary>Starts a workflow. The <c>Create</c> methods make one from a call.</summary>
/// <param name="Workflow">Type name of the workflow.</param>
/// <param name="Args">Its arguments. Those of a schedule that was read are <see cref="IEncodedRawValue"/>s.</param>
/// <param name="Options">
/// How to start it; id and task queue are required. The server appends the time to the id. Id policies, cron schedule, start
/// signal, start delay and call options cannot be set.
/// </param>
/// <param name="Headers">Headers of each start, already encoded.</param>
public record ScheduleActionStartWorkflow(
    string Workflow,
    IReadOnlyCollection<object?> Args,
    WorkflowOptions Options,
    IReadOnlyDictionary<string, IEncodedRawValue>? Headers = null) : ScheduleAction
{
    /// <summary>Makes an action of the call of a run method.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <typeparam name="TResult">Its result.</typeparam>
    /// <param name="workflowRunCall">Call of its run method.</param>
    /// <param name="options">How to start it.</param>
    /// <returns>The action.</returns>
    public static ScheduleActionStartWorkflow Create<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, WorkflowOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(workflowRunCall);
        return Create(WorkflowDefinition.NameFromRunMethodForCall(method), args, options);
    }

    /// <summary>Makes an action of the call of a run method.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <param name="workflowRunCall">Call of its run method.</param>
    /// <param name="options">How to start it.</param>
    /// <returns>The action.</returns>
    public static ScheduleActionStartWorkflow Create<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, WorkflowOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(workflowRunCall);
        return Create(WorkflowDefinition.NameFromRunMethodForCall(method), args, options);
    }

    /// <summary>Makes an action by name.</summary>
    /// <param name="workflow">Type name of the workflow.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How to start it.</param>
    /// <returns>The action.</returns>
    public static ScheduleActionStartWorkflow Create(
        string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options) => new(workflow, args, options);

    /// <summary>Converts from the wire message.</summary>
    internal static async Task<ScheduleActionStartWorkflow> FromProtoAsync(
        NewWorkflowExecutionInfo proto, string clientNamespace, DataConverter dataConverter)
    {
        var converter = InContext(dataConverter, clientNamespace, proto.WorkflowId);
        var (summary, details) = await converter.FromUserMetadataAsync(proto.UserMetadata).ConfigureAwait(false);
        var args = (proto.Input?.Payloads_ ?? []).Select(p => (object?)new EncodedRawValue(converter, p)).ToArray();
        var options = new WorkflowOptions(proto.WorkflowId, proto.TaskQueue.Name)
        {
            StaticSummary = summary,
            StaticDetails = details,
            ExecutionTimeout = proto.WorkflowExecutionTimeout?.ToTimeSpan(),
            RunTimeout = proto.WorkflowRunTimeout?.ToTimeSpan(),
            TaskTimeout = proto.WorkflowTaskTimeout?.ToTimeSpan(),
            RetryPolicy = proto.RetryPolicy is { } retry ? Common.RetryPolicy.FromProto(retry) : null,
            Memo = (proto.Memo?.Fields ?? []).ToDictionary(
                pair => pair.Key, pair => (object)new EncodedRawValue(converter, pair.Value)),
            TypedSearchAttributes = proto.SearchAttributes is { } attributes
                ? SearchAttributeCollection.FromProto(attributes)
                : SearchAttributeCollection.Empty,
            Priority = proto.Priority is { } priority ? new(priority) : null,
        };
        var headers = proto.Header?.Fields.ToDictionary(
            pair => pair.Key, pair => (IEncodedRawValue)new EncodedRawValue(converter, pair.Value));
        return new(proto.WorkflowType.Name, args, options, headers);
    }

    /// <inheritdoc />
    internal override async Task<Api.Schedule.V1.ScheduleAction> ToProtoAsync(
        string clientNamespace, DataConverter dataConverter)
    {
        Check(Options);
        var converter = InContext(dataConverter, clientNamespace, Options.Id!);
        var workflow = new NewWorkflowExecutionInfo
        {
            WorkflowId = Options.Id,
            WorkflowType = new() { Name = Workflow },
            TaskQueue = new() { Name = Options.TaskQueue },
            WorkflowExecutionTimeout = ToDuration(Options.ExecutionTimeout),
            WorkflowRunTimeout = ToDuration(Options.RunTimeout),
            WorkflowTaskTimeout = ToDuration(Options.TaskTimeout),
            RetryPolicy = Options.RetryPolicy?.ToProto(),
            SearchAttributes = Options.TypedSearchAttributes is { Count: > 0 } attributes ? attributes.ToProto() : null,
            UserMetadata = await converter.ToUserMetadataAsync(
                Options.StaticSummary, Options.StaticDetails).ConfigureAwait(false),
            Priority = Options.Priority?.ToProto(),
        };
        if (Args.Count > 0)
        {
            workflow.Input = new();
            foreach (var arg in Args)
            {
                workflow.Input.Payloads_.Add(await ToPayloadAsync(converter, arg).ConfigureAwait(false));
            }
        }
        foreach (var (name, value) in Options.Memo ?? new Dictionary<string, object>())
        {
            workflow.Memo ??= new();
            workflow.Memo.Fields.Add(
                name,
                await ToPayloadAsync(converter, value ?? throw new ArgumentException($"Memo value for {name} is null"))
                    .ConfigureAwait(false));
        }
        if (Headers is { } headers)
        {
            workflow.Header = new() { Fields = { headers.ToDictionary(pair => pair.Key, pair => pair.Value.Payload) } };
        }
        return new() { StartWorkflow = workflow };
    }

    private static void Check(WorkflowOptions options)
    {
        string? problem = options switch
        {
            { Id: null } => "ID required on workflow action",
            { TaskQueue: null } => "Task queue required on workflow action",
            { IdReusePolicy: not WorkflowIdReusePolicy.AllowDuplicate } =>
                "ID reuse policy cannot change from default for scheduled workflow",
            { IdConflictPolicy: not WorkflowIdConflictPolicy.Unspecified } =>
                "ID conflict policy cannot change from default for scheduled workflow",
            { CronSchedule: not null } => "Cron schedule cannot be set on scheduled workflow",
            { StartSignal: not null } or { StartSignalArgs: not null } =>
                "Start signal and/or start signal args cannot be set on scheduled workflow",
            { StartDelay: not null } => "Start delay cannot be set on scheduled workflow",
            { RequestEagerStart: true } => "Eager start cannot be requested on scheduled workflow",
            { Rpc: not null } => "RPC options cannot be set on scheduled workflow",
            _ => null,
        };
        if (problem is not null)
        {
            throw new ArgumentException(problem);
        }
    }

    private static DataConverter InContext(DataConverter converter, string clientNamespace, string workflowId) =>
        converter.WithSerializationContext(new ISerializationContext.Workflow(clientNamespace, workflowId));

    private static Duration? ToDuration(TimeSpan? span) => span is { } value ? Duration.FromTimeSpan(value) : null;

    // A schedule that was read and is written again keeps its payloads as they are: they are encoded already.
    private static async Task<Payload> ToPayloadAsync(DataConverter converter, object? value) =>
        value is IEncodedRawValue encoded
            ? encoded.Payload
            : await converter.ToPayloadAsync(value).ConfigureAwait(false);
}
