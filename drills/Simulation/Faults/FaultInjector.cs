using Npgsql;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Drills.Environments;

namespace Settlement.Drills.Simulation;

/// <summary>Plants the plan's faults, each when the run has come so far.</summary>
internal sealed class FaultInjector(PrivateEnvironment environment, Supervisor supervisor, MessageChannel channel, ClockEdges edges, EventLog log)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private int planted;

    /// <summary>How many faults have happened so far.</summary>
    public int Planted => Volatile.Read(ref planted);

    /// <param name="faults">In their order.</param>
    /// <param name="accepted">How many requests have been accepted so far.</param>
    /// <param name="cancellationToken">Stops planting.</param>
    public async Task RunAsync(IReadOnlyList<PlannedFault> faults, Func<int> accepted, CancellationToken cancellationToken)
    {
        foreach (var fault in faults)
        {
            while (accepted() < fault.AfterAccepted)
                await Task.Delay(Look, cancellationToken);
            log.Write("fault", ("kind", fault.Kind.ToString()));
            await PlantAsync(fault, cancellationToken);
            Interlocked.Increment(ref planted);
        }
    }

    private Task PlantAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        var programs = environment.Environment;
        return fault.Kind switch
        {
            FaultKind.KillWorker => supervisor.KillAsync(programs.Worker, fault.Milliseconds),
            FaultKind.KillApi => supervisor.KillAsync(programs.Api, fault.Milliseconds),
            FaultKind.KillBank => supervisor.KillAsync(programs.Bank, fault.Milliseconds),
            FaultKind.KillTemporal when programs.Temporal is { } temporal => supervisor.KillAsync(temporal.Process, fault.Milliseconds),
            FaultKind.KillPostgres when programs.Postgres is { } postgres => supervisor.KillAsync(postgres.Process, fault.Milliseconds),
            FaultKind.DropMessages or FaultKind.DelayMessages or FaultKind.DoubleMessages or FaultKind.ReorderMessages => BreakChannelAsync(fault, cancellationToken),
            FaultKind.WindowEdge => UntilTakenAsync(edges.PublishWindowAsync, cancellationToken),
            FaultKind.SpringForward => UntilTakenAsync(edges.PublishSpringAsync, cancellationToken),
            FaultKind.StopTransfers => StopTransfersAsync(fault, cancellationToken),
            _ => throw new InvalidOperationException($"This environment has no process of its own for {fault.Kind}."),
        };
    }

    private async Task BreakChannelAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        channel.Break(fault.Kind);
        try
        {
            await Task.Delay(fault.Milliseconds, cancellationToken);
        }
        finally
        {
            channel.Mend();
        }
    }

    private async Task StopTransfersAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        await SwitchAsync(stopped: true, cancellationToken);
        await Task.Delay(fault.Milliseconds, cancellationToken);
        await SwitchAsync(stopped: false, CancellationToken.None);
    }

    private Task SwitchAsync(bool stopped, CancellationToken cancellationToken) => UntilTakenAsync(
        token => new ReferenceDataWriter(environment.Database).SetSwitchAsync(
            SwitchName.Transfers, stopped, new Actor("simulation", ActorSource.Migration), "the simulation says so", DateTimeOffset.UtcNow, token),
        cancellationToken);

    /// <summary>The database may be down by another fault.</summary>
    private static async Task UntilTakenAsync(Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await action(cancellationToken);
                return;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(Look, cancellationToken);
            }
        }
    }
}
