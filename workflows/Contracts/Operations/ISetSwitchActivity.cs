using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Stops or releases a kill switch, once per request id, with its audit entry.</summary>
public interface ISetSwitchActivity
{
    [Activity("SetSwitch")]
    Task<OperationReply> SetAsync(SwitchAction action, DateTimeOffset asOf);
}
