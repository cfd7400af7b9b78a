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
/// An act on a job's schedule: written to audit first, once per request id, and then done. A worker that dies in between does it when the
/// activity is tried again; doing it twice does no harm.
/// </summary>
public sealed class JobSchedule(OperatorActs acts, ITemporalClient temporal)
{
    /// <summary>Records and does one act.</summary>
    /// <param name="job">Whose schedule.</param>
    /// <param name="act">Who, why, when.</param>
    /// <param name="auditAction">What the audit entry is called.</param>
    /// <param name="message">The answer.</param>
    /// <param name="apply">Does it.</param>
    internal async Task<OperationReply> RunAsync(string job, OperatorAct act, string auditAction, string message, Func<ScheduleHandle, RpcOptions, Task> apply)
    {
        var handle = temporal.GetScheduleHandle(JobNames.ScheduleId(job));
        var rpc = new RpcOptions { CancellationToken = Acts.Cancellation };
        var said = await Refusals.GuardAsync(async () =>
        {
            await RequireAsync(handle, rpc);
            return await acts.RunAsync(act, (connection, cancel) => RecordAsync(connection, job, act, auditAction, message, cancel), Acts.Cancellation);
        });
        await apply(handle, rpc);
        return new OperationReply { Target = $"job:{job}", Message = said };
    }

    private static async Task<string> RecordAsync(NpgsqlConnection connection, string job, OperatorAct act, string auditAction, string message, CancellationToken cancel)
    {
        await AuditWriter.AppendAsync(connection, new AuditRecord($"job:{job}", auditAction, act.Actor, act.Reason, act.AsOf) { RequestId = act.RequestId }, cancel);
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
