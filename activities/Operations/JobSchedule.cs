using Npgsql;
using Settlement.Activities.Failures;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;

namespace Settlement.Activities.Operations;

/// <summary>
/// An action on a job's schedule: written to audit first, once per request id, and then done. A worker that dies in between does it when the
/// activity is tried again; doing it twice does no harm.
/// </summary>
public sealed class JobSchedule(RecordedActions recordedActions, ITemporalClient temporal)
{
    /// <summary>Records and does one action.</summary>
    /// <param name="job">Whose schedule.</param>
    /// <param name="recorded">Who, why, when.</param>
    /// <param name="auditAction">What the audit entry is called.</param>
    /// <param name="message">The answer.</param>
    /// <param name="apply">Does it.</param>
    internal async Task<OperationReply> RunAsync(string job, RecordedAction recorded, string auditAction, string message, Func<ScheduleHandle, RpcOptions, Task> apply)
    {
        var handle = temporal.GetScheduleHandle(JobNames.ScheduleId(job));
        var rpc = new RpcOptions { CancellationToken = Actions.Cancellation };
        var said = await Refusals.GuardAsync(async () =>
        {
            await RequireAsync(handle, rpc);
            return await recordedActions.RunAsync(recorded, (connection, cancel) => RecordAsync(connection, job, recorded, auditAction, message, cancel), Actions.Cancellation);
        });
        await apply(handle, rpc);
        return new OperationReply { Target = $"job:{job}", Message = said };
    }

    private static async Task<string> RecordAsync(NpgsqlConnection connection, string job, RecordedAction recorded, string auditAction, string message, CancellationToken cancel)
    {
        await AuditWriter.AppendAsync(connection, new AuditRecord($"job:{job}", auditAction, recorded.Actor, recorded.Reason, recorded.AsOf) { RequestId = recorded.RequestId }, cancel);
        return message;
    }

    private static async Task RequireAsync(ScheduleHandle handle, RpcOptions rpc)
    {
        try
        {
            await handle.DescribeAsync(rpc);
        }
        catch (RpcException missing) when (missing.Code == RpcException.StatusCode.NotFound)
        {
            throw new SettlementException(SettlementFailure.InvalidTransition, $"There is no schedule {handle.Id}: no worker keeps one while CRON_ENABLED is false.", missing);
        }
    }
}
