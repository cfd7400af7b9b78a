using Settlement.Drills.EmbeddedServer;

namespace Settlement.Chaos.Tests.DevServer;

/// <summary>
/// SIGKILL of the dev server and of its database under load, a few times; <c>./drill server-kills</c> does it fifty times. Nothing
/// acknowledged is lost, nothing runs twice that history says ran once, every workflow ends.
/// </summary>
public sealed class ServerKillTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(ServerKillVictim.Server, 5)]
    [InlineData(ServerKillVictim.Postgres, 2)]
    public async Task Killed_UnderLoad_KeepsEveryPromise(ServerKillVictim victim, int kills)
    {
        var folder = Directory.CreateTempSubdirectory("settlement-kills-").FullName;
        try
        {
            await using var run = await ServerKillRun.StartAsync(new ServerKillPlan(Seed: 7, kills, victim, Writers: 4, output.WriteLine), folder, CancellationToken.None);
            var report = await run.RunAsync(CancellationToken.None);

            output.WriteLine(report.ToString());
            report.Breaches.ShouldBeEmpty();
            report.Workflows.ShouldBeGreaterThan(0);
            report.HeardUnavailable.ShouldBe(victim == ServerKillVictim.Postgres ? kills : 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
