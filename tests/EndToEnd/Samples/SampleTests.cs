using Npgsql;
using Settlement.AppHost.Books;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Samples;
using Settlement.Database;
using Settlement.TestSupport;

namespace Settlement.EndToEnd.Tests.Samples;

/// <summary>Every committed sample through every layer, and the books afterwards.</summary>
public sealed class SampleTests(EnvironmentFixture fixture) : IClassFixture<EnvironmentFixture>
{
    [Fact]
    public async Task CommittedSamples_AllTogether_EndAsTheirFilesSayAndTheBooksProveOut()
    {
        var environment = fixture.Environment;
        var samples = new SampleLoader().LoadDirectory(Path.Combine(RepositoryRoot.Folder, "samples")).Where(sample => sample.Time == SampleTime.Real).ToList();

        var results = await EnvironmentSamples.RunAsync(environment, samples, _ => { }, CancellationToken.None);

        results.Where(r => !r.Passed).Select(r => $"{r.Sample.Name}: {string.Join("; ", r.Faults)}").ShouldBeEmpty();
        results.Count.ShouldBeGreaterThanOrEqualTo(15);
        (await BooksProof.ProveAsync(environment, CancellationToken.None)).Breaches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Programs_InTheDatabase_AreUsersOfTheirOwnRoleAndNoSuperusers()
    {
        await using var superuser = NpgsqlDataSource.Create(SettlementDatabase.ConnectionString(fixture.Environment.DatabaseUrl));
        await using var command = superuser.CreateCommand("""
            SELECT string_agg(DISTINCT a.usename || ' ' || CASE WHEN pg_has_role(a.usename, 'settlement_worker', 'MEMBER') THEN 'worker ' ELSE '' END
                              || CASE WHEN pg_has_role(a.usename, 'settlement_api', 'MEMBER') THEN 'api' ELSE '' END, ', ')
              FROM pg_stat_activity a JOIN pg_roles r ON r.rolname = a.usename WHERE a.datname = current_database() AND NOT r.rolsuper
            """);
        // What the programs hold open now; the superuser's connections are this test's own and the samples'.
        (await command.ExecuteScalarAsync()).ShouldBe("run_api api, run_worker worker ");
    }
}
