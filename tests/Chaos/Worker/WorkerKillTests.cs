using Npgsql;
using Settlement.AppHost.Books;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Samples;
using Settlement.Database;
using Settlement.TestSupport;

namespace Settlement.Chaos.Tests.Worker;

/// <summary>SIGKILL of the worker inside each step: after a restart every settlement ends as it would have, with one execution at the bank.</summary>
public sealed class WorkerKillTests(EnvironmentFixture fixture) : IClassFixture<EnvironmentFixture>
{
    private const double PatienceSeconds = 120;
    private static readonly TimeSpan VictimLimit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("validate")]
    [InlineData("lock")]
    [InlineData("transfer")]
    [InlineData("confirm")]
    [InlineData("finalize")]
    public async Task KilledInsideStep_AfterRestart_EndsAsItWouldHave(string step)
    {
        var environment = fixture.Environment;
        await using var database = NpgsqlDataSource.Create(SettlementDatabase.ConnectionString(environment.DatabaseUrl));
        using var runner = await EnvironmentSamples.RunnerAsync(environment, database, _ => null, CancellationToken.None);

        Task<SampleResult> run;
        await using (var blocker = await StepBlocker.InstallAsync(database, step))
        {
            run = runner.RunAsync(Patient("domestic-success", step));
            using var limit = new CancellationTokenSource(VictimLimit);
            await blocker.WaitForVictimAsync(limit.Token);
            await environment.Worker.KillAsync();
        }

        await environment.StartWorkerAsync(CancellationToken.None);
        var result = await run;

        // The sample itself expects the whole path and exactly one execution in the bank's books.
        result.Faults.ShouldBeEmpty();
        (await BooksProof.ProveAsync(environment, CancellationToken.None)).Breaches.ShouldBeEmpty();
    }

    [Fact]
    public async Task KilledWhileTheBankHoldsTheCall_AfterRestart_SendsNothingTwice()
    {
        var environment = fixture.Environment;
        await using var database = NpgsqlDataSource.Create(SettlementDatabase.ConnectionString(environment.DatabaseUrl));
        using var runner = await EnvironmentSamples.RunnerAsync(environment, database, _ => null, CancellationToken.None);
        var before = (await BankBooks.ReadAsync(environment.BankAddress, CancellationToken.None)).Count;

        // The bank executes and never answers, so the call is under way when the worker dies.
        var run = runner.RunAsync(Patient("timeout-found-confirmed", "bank"));
        using (var limit = new CancellationTokenSource(VictimLimit))
        {
            while ((await BankBooks.ReadAsync(environment.BankAddress, limit.Token)).Count == before)
                await Task.Delay(20, limit.Token);
        }

        await environment.Worker.KillAsync();
        await environment.StartWorkerAsync(CancellationToken.None);
        var result = await run;

        result.Steps[^1].Status.ShouldBe(Settlement.Domain.SettlementStatus.Settled, string.Join("; ", result.Faults));
        var positions = await BankBooks.ReadAsync(environment.BankAddress, CancellationToken.None);
        positions.ShouldAllBe(p => p.Executions <= 1);
        (await BooksProof.ProveAsync(environment, CancellationToken.None)).Breaches.ShouldBeEmpty();
    }

    /// <summary>The committed sample under a name of its own, with time for a restart.</summary>
    private static Sample Patient(string name, string suffix)
    {
        var sample = new SampleLoader().LoadDirectory(Path.Combine(RepositoryRoot.Folder, "samples")).Single(s => s.Name == name);
        return sample with { Name = $"{name}-{suffix}", Expect = sample.Expect with { WithinSeconds = PatienceSeconds } };
    }
}
