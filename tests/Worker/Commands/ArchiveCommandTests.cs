using Settlement.TestSupport;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Worker.Tests.Support;

namespace Settlement.Worker.Tests.Commands;

/// <summary>The command that operators type, as a process of its own.</summary>
public sealed class ArchiveCommandTests : IAsyncLifetime
{
    private string connectionString = "";
    private string reference = "";

    public async ValueTask InitializeAsync()
    {
        connectionString = await PostgresFixture.CreateDatabaseAsync();
        await DatabaseMigrator.MigrateAsync(connectionString);
        await using var books = SettlementDatabase.CreateDataSource(connectionString, settings => settings.Pooling = false);
        var row = await OrphanedSettlement.CreateAsync(books);
        reference = row.Reference;
        await new StepRunner(books).RunActionAsync(row.SettlementId, new StepName("end"), row.CreatedAsOf, step =>
        {
            step.Transition(SettlementStatus.Cancelled, Actor.System, "for the test");
            return Task.FromResult(true);
        });
        await OrphanedSettlement.CreateAsync(books);
        await new OutboxRelay(books).RelayOnceAsync();
        await new AuditSealer(books).SealOnceAsync();
        var asOf = row.CreatedAsOf.AddDays(100);
        (await new SettlementArchive(books).StoreAsync(asOf.AddDays(-90), asOf)).Count.ShouldBe(1);
        await new AuditSealer(books).SealOnceAsync();
    }

    public async ValueTask DisposeAsync() => await PostgresFixture.DropDatabaseAsync(connectionString);

    [Fact]
    public async Task Restore_ArchivedAndAgain_SaysWhatItDid()
    {
        var (exit, output, errors) = await RunAsync("archive", "restore", reference, "--by", "olga", "--reason", "audit request 4711");
        (exit, errors).ShouldBe((0, ""));
        output.ShouldStartWith($"{reference} is restored");
        (exit, output, _) = await RunAsync("archive", "restore", reference, "--by", "olga", "--reason", "again");
        exit.ShouldBe(1);
        output.ShouldContain("is not archived");
        await using var books = SettlementDatabase.CreateDataSource(connectionString, settings => settings.Pooling = false);
        await new AuditSealer(books).SealOnceAsync();
        (exit, output, _) = await RunAsync("archive", "verify");
        (exit, output.Trim()).ShouldBe((0, "Audit chain and archive chain are whole."));
    }

    [Theory]
    [InlineData("archive", "restore", "nonsense", "--by", "olga", "--reason", "x")]
    [InlineData("archive", "restore")]
    [InlineData("archive", "burn")]
    public async Task WrongArguments_AreRefusedWithTheUsage(params string[] args)
    {
        var (exit, _, errors) = await RunAsync(args);
        exit.ShouldBe(2);
        errors.ShouldStartWith("usage: archive restore");
    }

    private Task<(int Exit, string Output, string Errors)> RunAsync(params string[] args) =>
        WorkerProcess.RunAsync(new Dictionary<string, string> { ["DATABASE_URL"] = connectionString }, args);
}
