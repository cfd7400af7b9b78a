using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Client;

/// <summary>What the server tells of a workflow in a list. All times are UTC.</summary>
public class WorkflowExecution
{
    private readonly Lazy<IReadOnlyDictionary<string, IEncodedRawValue>> memo;
    private readonly Lazy<SearchAttributeCollection> searchAttributes;

    /// <summary>Creates an execution of the wire message.</summary>
    /// <param name="rawInfo">The message.</param>
    /// <param name="dataConverter">Converter for the memo.</param>
    /// <param name="clientNamespaceForDataConverterWithContext">
    /// Namespace of the context to give to the converter, or null if it has one already.
    /// </param>
    protected internal WorkflowExecution(
        WorkflowExecutionInfo rawInfo, DataConverter dataConverter, string? clientNamespaceForDataConverterWithContext)
    {
        RawInfo = rawInfo;
        memo = new(() => EncodedRawValues.FromProto(
            rawInfo.Memo,
            clientNamespaceForDataConverterWithContext is { } clientNamespace
                ? dataConverter.WithSerializationContext(
                    new ISerializationContext.Workflow(clientNamespace, rawInfo.Execution.WorkflowId))
                : dataConverter));
        searchAttributes = new(() => rawInfo.SearchAttributes is { } attributes
            ? SearchAttributeCollection.FromProto(attributes)
            : SearchAttributeCollection.Empty);
    }

    /// <summary>When it was closed, if it is.</summary>
    public DateTime? CloseTime => RawInfo.CloseTime?.ToDateTime();

    /// <summary>When it began or will begin to run, which is later than the start after a delay.</summary>
    public DateTime? ExecutionTime => RawInfo.ExecutionTime?.ToDateTime();

    /// <summary>How many events its history has.</summary>
    public int HistoryLength => (int)RawInfo.HistoryLength;

    /// <summary>Workflow id.</summary>
    public string Id => RawInfo.Execution.WorkflowId;

    /// <summary>Memo, read when asked for.</summary>
    public IReadOnlyDictionary<string, IEncodedRawValue> Memo => memo.Value;

    /// <summary>Workflow id of the parent, if it is a child.</summary>
    public string? ParentId => RawInfo.ParentExecution?.WorkflowId;

    /// <summary>Run id of the parent, if it is a child.</summary>
    public string? ParentRunId => RawInfo.ParentExecution?.RunId;

    /// <summary>Workflow id of the outermost parent; null from servers that do not tell it.</summary>
    public string? RootId => RawInfo.RootExecution?.WorkflowId;

    /// <summary>Run id of the outermost parent; null from servers that do not tell it.</summary>
    public string? RootRunId => RawInfo.RootExecution?.RunId;

    /// <summary>Run id.</summary>
    public string RunId => RawInfo.Execution.RunId;

    /// <summary>When it was started.</summary>
    public DateTime StartTime => RawInfo.StartTime.ToDateTime();

    /// <summary>Status.</summary>
    public WorkflowExecutionStatus Status => RawInfo.Status;

    /// <summary>Task queue.</summary>
    public string TaskQueue => RawInfo.TaskQueue;

    /// <summary>Search attributes, read when asked for.</summary>
    public SearchAttributeCollection TypedSearchAttributes => searchAttributes.Value;

    /// <summary>Type name.</summary>
    public string WorkflowType => RawInfo.Type.Name;

    /// <summary>The wire message.</summary>
    internal WorkflowExecutionInfo RawInfo { get; private init; }
}
