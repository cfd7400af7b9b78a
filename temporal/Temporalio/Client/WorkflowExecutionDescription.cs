using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;

namespace Temporalio.Client;

/// <summary>What the server tells of one workflow.</summary>
public class WorkflowExecutionDescription : WorkflowExecution
{
    private readonly Lazy<Task<(string? Summary, string? Details)>> userMetadata;

    /// <summary>Creates a description of the wire message.</summary>
    /// <param name="rawDescription">The message.</param>
    /// <param name="dataConverter">Converter, already in the context of this workflow.</param>
    protected internal WorkflowExecutionDescription(
        DescribeWorkflowExecutionResponse rawDescription, DataConverter dataConverter)
        : base(rawDescription.WorkflowExecutionInfo, dataConverter, null)
    {
        RawDescription = rawDescription;
        userMetadata = new(() => dataConverter.FromUserMetadataAsync(rawDescription.ExecutionConfig?.UserMetadata));
    }

    /// <summary>The wire message.</summary>
    internal DescribeWorkflowExecutionResponse RawDescription { get; private init; }

    /// <summary>Decodes the one-line summary that the workflow was started with.</summary>
    /// <returns>The summary, or null.</returns>
    public async Task<string?> GetStaticSummaryAsync() => (await userMetadata.Value.ConfigureAwait(false)).Summary;

    /// <summary>Decodes the details that the workflow was started with.</summary>
    /// <returns>The details, or null.</returns>
    public async Task<string?> GetStaticDetailsAsync() => (await userMetadata.Value.ConfigureAwait(false)).Details;
}
