using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Raises or clears <c>needs_attention</c>: flag, case with age and reason, event and notification.</summary>
public interface IAttentionActivity
{
    [Activity("SetAttention")]
    Task SetAttentionAsync(AttentionInput input);
}
