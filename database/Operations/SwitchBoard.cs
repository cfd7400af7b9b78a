using Npgsql;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>
/// The kill switches. Written directly, and by nobody's leave but the database's, so that they work while Temporal is away; every process reads
/// them at most half a second late (<see cref="ReferenceDataCache"/>).
/// </summary>
public sealed class SwitchBoard(NpgsqlDataSource dataSource, RecordedActions recordedActions)
{
    /// <summary>All switches that were ever set, by name.</summary>
    public async Task<List<KillSwitch>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await Sql.ListAsync(connection, Sql.Command(
            "SELECT name, stopped, reason, changed_by, changed_source, changed_as_of FROM settlement.switches ORDER BY name"),
            row => new KillSwitch
            {
                Name = row.GetString(0),
                Stopped = row.GetBoolean(1),
                Reason = row.GetString(2),
                ChangedBy = row.GetString(3),
                ChangedSource = UpperSnake.Parse<ActorSource>(row.GetString(4)),
                ChangedAsOf = row.GetFieldValue<DateTimeOffset>(5),
            }, cancellationToken);
    }

    /// <summary>Stops or releases, once per request id; the database itself writes the audit entry.</summary>
    /// <returns>What happened, in words.</returns>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.InvalidRequest"/>: no such switch; <see cref="SettlementFailure.IdempotencyConflict"/>.</exception>
    public Task<string> SetAsync(string name, bool stopped, RecordedAction recorded, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        if (!SwitchName.IsKnown(name))
            throw new SettlementException(SettlementFailure.InvalidRequest, $"There is no switch of that name; the switches are {string.Join(", ", SwitchName.All)}.");
        return recordedActions.RunAsync(recorded, async (connection, cancel) =>
        {
            await Sql.ExecuteAsync(connection, ReferenceDataWriter.SwitchCommand(name, stopped, recorded.Actor, recorded.Reason, recorded.AsOf), cancel);
            return stopped ? $"{name} is stopped." : $"{name} is released.";
        }, cancellationToken);
    }
}
