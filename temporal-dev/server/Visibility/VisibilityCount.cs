using Temporalio.Api.Enums.V1;

namespace Temporalio.DevServer.Visibility;

/// <summary>How many rows match, of each status.</summary>
internal sealed record VisibilityCount(IReadOnlyList<KeyValuePair<WorkflowExecutionStatus, long>> ByStatus)
{
    public long Total => ByStatus.Sum(s => s.Value);
}
