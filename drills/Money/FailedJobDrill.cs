using Npgsql;
using Settlement.Drills.Environments;

namespace Settlement.Drills.Money;

/// <summary>A background job stands still: the audit sealer, whose place a forgotten session holds. It is seen, found and made to go on.</summary>
internal sealed class FailedJobDrill : MoneyDrill
{
    /// <summary>The lock that makes one sealer of many (ADR 0006).</summary>
    private const long SealerLock = 0x5EA1;

    private static readonly TimeSpan Longer = TimeSpan.FromSeconds(7);

    public override string Name => "failed-job";

    public override string Purpose => "A job stands still because a forgotten session holds its lock: the proof says so, the operator finds the session and ends it, and the job catches up by itself.";

    protected override async Task PlayAsync(DrillStage stage, PrivateEnvironment environment, OperatorDesk desk, CancellationToken cancellationToken)
    {
        stage.Scene("A forgotten session holds the audit sealer's lock");
        await using var forgotten = await HoldAsync(environment, cancellationToken);
        var settlement = await desk.CreateAsync(Payer, "NW-JOB", "640.00", Quick, cancellationToken);
        stage.Expect((await desk.WaitAsync(settlement, seen => seen.HasEnded, cancellationToken)).Status == "settled", "settlements do not wait for a job");
        stage.Happens($"{Longer.TotalSeconds:0} s pass");
        await Task.Delay(Longer, cancellationToken);
        var breaches = await desk.ProveAsync(cancellationToken);
        stage.Expect(breaches.Any(breach => breach.Contains("unsealed", StringComparison.Ordinal)), "the proof says that audit rows are left unsealed");

        stage.Scene("The operator looks for who holds the lock");
        const string Find = "SELECT pid, application_name, state, now() - state_change AS idle FROM pg_stat_activity JOIN pg_locks USING (pid) WHERE locktype = 'advisory' AND granted AND objid = 24225";
        stage.Does($"psql \"$DATABASE_URL\" -c \"{Find}\"");
        var pid = await environment.ScalarAsync<int>(Find, cancellationToken);
        stage.Output($"pid {pid}, application forgotten-session, idle in transaction");
        stage.Expect(pid != 0, "the session is found");
        await desk.SqlAsync($"SELECT pg_terminate_backend({pid})", cancellationToken);

        stage.Scene("The job goes on by itself");
        var until = DateTimeOffset.UtcNow.AddMinutes(1);
        while (await UnsealedAsync(environment, cancellationToken) > 0 && DateTimeOffset.UtcNow < until)
            await Task.Delay(100, cancellationToken);
        stage.Expect(await UnsealedAsync(environment, cancellationToken) == 0, "every audit row is sealed");
    }

    private static async Task<NpgsqlConnection> HoldAsync(PrivateEnvironment environment, CancellationToken cancellationToken)
    {
        var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Settlement.Database.SettlementDatabase.ConnectionString(environment.Environment.DatabaseUrl))
        {
            ApplicationName = "forgotten-session",
            Pooling = false,
        }.ConnectionString);
        await session.OpenAsync(cancellationToken);
        await using var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)", session) { Parameters = { new() { Value = SealerLock } } };
        await take.ExecuteNonQueryAsync(cancellationToken);
        return session;
    }

    private static Task<long> UnsealedAsync(PrivateEnvironment environment, CancellationToken cancellationToken) =>
        environment.ScalarAsync<long>("SELECT count(*) FROM settlement.audit_log WHERE seal_number IS NULL", cancellationToken);
}
