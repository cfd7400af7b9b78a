namespace Settlement.Drills.EmbeddedServer;

/// <summary>The dev server is killed fifty times under load, then its database ten times.</summary>
internal sealed class ServerKillsDrill : IDrill
{
    private const int DefaultSeed = 1;
    private const int ServerKills = 50;
    private const int Writers = 8;
    private const int ShownBreaches = 20;

    /// <summary>The database recovers its log after each kill, which takes seconds: a fifth as many.</summary>
    private const int PostgresShare = 5;

    public string Name => "server-kills";

    public string Purpose => "kill -9 of the dev server and of its database at random moments of a seed, under load: nothing acknowledged is lost, nothing runs twice that history says ran once, every workflow ends.";

    public async Task RunAsync(DrillStage stage, CancellationToken cancellationToken)
    {
        var seed = stage.Arguments.Seed ?? DefaultSeed;
        var kills = stage.Arguments.Faults ?? ServerKills;
        stage.Scene($"kill -9 of the dev server, {kills} times, seed {seed}");
        await PlayAsync(stage, new ServerKillPlan(seed, kills, ServerKillVictim.Server, Writers, stage.Happens), cancellationToken);
        stage.Scene($"kill -9 of PostgreSQL, {Math.Max(1, kills / PostgresShare)} times, seed {seed}");
        await PlayAsync(stage, new ServerKillPlan(seed, Math.Max(1, kills / PostgresShare), ServerKillVictim.Postgres, Writers, stage.Happens), cancellationToken);
    }

    private static async Task PlayAsync(DrillStage stage, ServerKillPlan plan, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(stage.Folder, plan.Victim.ToString());
        await using var run = await ServerKillRun.StartAsync(plan, folder, cancellationToken);
        var report = await run.RunAsync(cancellationToken);
        stage.Output(report.ToString());
        foreach (var breach in report.Breaches.Take(ShownBreaches))
            stage.Output(breach);
        stage.Expect(report.Breaches.Count == 0, "everything that was acknowledged is there once, and every workflow has ended");
        if (plan.Victim == ServerKillVictim.Postgres)
            stage.Expect(report.HeardUnavailable == plan.Kills, "while the database was away a caller heard UNAVAILABLE, and nothing was acknowledged");
    }
}
