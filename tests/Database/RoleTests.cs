using Npgsql;
using Settlement.Domain;

namespace Settlement.Database.Tests;

/// <summary>What each role is refused and what it can do, connected as a user of that role.</summary>
public sealed class RoleTests(RoleDatabase database) : IClassFixture<RoleDatabase>
{
    [Theory]
    [InlineData("UPDATE settlement.settlement_transactions SET status = 'CANCELLED'")]
    [InlineData("UPDATE settlement.settlement_transactions SET needs_attention = false")]
    [InlineData("UPDATE settlement.accounts SET posted_minor = 1")]
    [InlineData("UPDATE settlement.accounts SET status = 'OPEN'")]
    [InlineData("UPDATE settlement.accounts SET floor_minor = NULL")]
    [InlineData("INSERT INTO settlement.accounts DEFAULT VALUES")]
    [InlineData("INSERT INTO settlement.ledger_entries DEFAULT VALUES")]
    [InlineData("INSERT INTO settlement.ledger_transfers DEFAULT VALUES")]
    [InlineData("INSERT INTO settlement.fund_locks DEFAULT VALUES")]
    [InlineData("UPDATE settlement.fund_locks SET state = 'VOIDED'")]
    [InlineData("SELECT settlement.ledger_post(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)")]
    [InlineData("SELECT settlement.ledger_hold(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)")]
    [InlineData("SELECT settlement.ledger_void(NULL, NULL, NULL, NULL)")]
    [InlineData("SELECT settlement.ledger_expire('2100-01-01', 10)")]
    [InlineData("SELECT archive.store('2100-01-01', '2100-01-01', 10)")]
    [InlineData("SELECT archive.restore(gen_random_uuid(), 'x', 'API', 'x', now())")]
    [InlineData("DELETE FROM archive.settlements")]
    [InlineData("INSERT INTO settlement.account_statements DEFAULT VALUES")]
    [InlineData("INSERT INTO settlement.settlement_status_history DEFAULT VALUES")]
    [InlineData("INSERT INTO settlement.settlement_operation_checkpoints DEFAULT VALUES")]
    [InlineData("INSERT INTO settlement.bank_instructions DEFAULT VALUES")]
    [InlineData("UPDATE settlement.bank_messages SET payload = '{}'")]
    [InlineData("UPDATE settlement.cases SET state = 'RESOLVED'")]
    [InlineData("UPDATE settlement.approval_tickets SET redeemed_at = NULL")]
    [InlineData("UPDATE settlement.audit_log SET reason = 'x'")]
    [InlineData("DELETE FROM settlement.audit_log")]
    [InlineData("INSERT INTO settlement.audit_seals DEFAULT VALUES")]
    [InlineData("INSERT INTO settlement.settlement_transition_rules VALUES ('CASH', 'PENDING', 'SETTLED')")]
    [InlineData("UPDATE settlement.api_idempotency_keys SET response = '1'")]
    [InlineData("ALTER TABLE settlement.accounts DISABLE TRIGGER ALL")]
    [InlineData("DROP TABLE settlement.accounts")]
    [InlineData("CREATE TABLE settlement.mine (x int)")]
    [InlineData("SET session_replication_role = replica")]
    [InlineData("SET ROLE settlement_worker")]
    [InlineData("SET ROLE settlement_archiver")]
    public async Task Api_WhatIsNotIts_IsRefused(string sql) => await ShouldBeDeniedAsync(DatabaseRole.Api, sql);

    [Theory]
    [InlineData("UPDATE settlement.accounts SET posted_minor = 1")]
    [InlineData("UPDATE settlement.accounts SET held_minor = 0")]
    [InlineData("UPDATE settlement.accounts SET floor_minor = NULL")]
    [InlineData("INSERT INTO settlement.accounts DEFAULT VALUES")]
    [InlineData("INSERT INTO settlement.ledger_entries DEFAULT VALUES")]
    [InlineData("INSERT INTO settlement.ledger_transfers DEFAULT VALUES")]
    [InlineData("UPDATE settlement.ledger_entries SET amount_minor = 1")]
    [InlineData("DELETE FROM settlement.ledger_entries")]
    [InlineData("INSERT INTO settlement.fund_locks DEFAULT VALUES")]
    [InlineData("UPDATE settlement.fund_locks SET state = 'VOIDED'")]
    [InlineData("SELECT settlement.ledger_open(NULL, NULL, NULL, NULL, NULL, NULL, NULL)")]
    [InlineData("UPDATE settlement.settlement_transactions SET amount_minor = 1")]
    [InlineData("UPDATE settlement.settlement_transactions SET creditor_account = 'ME'")]
    [InlineData("DELETE FROM settlement.settlement_transactions")]
    [InlineData("INSERT INTO settlement.settlement_status_history DEFAULT VALUES")]
    [InlineData("UPDATE settlement.settlement_status_history SET reason = 'x'")]
    [InlineData("DELETE FROM settlement.settlement_status_history")]
    [InlineData("UPDATE settlement.settlement_operation_checkpoints SET result = '1'")]
    [InlineData("UPDATE settlement.audit_log SET reason = 'x'")]
    [InlineData("DELETE FROM settlement.audit_log")]
    [InlineData("UPDATE settlement.audit_seals SET hash = ''")]
    [InlineData("DELETE FROM settlement.audit_seals")]
    [InlineData("UPDATE settlement.bank_instructions SET uetr = gen_random_uuid()")]
    [InlineData("UPDATE settlement.outbox_events SET payload = '{}'")]
    [InlineData("DELETE FROM settlement.outbox_events")]
    [InlineData("DELETE FROM settlement.job_runs")]
    [InlineData("INSERT INTO settlement.account_statements DEFAULT VALUES")]
    [InlineData("UPDATE settlement.custody_holdings SET posted = 1")]
    [InlineData("INSERT INTO settlement.custody_entries DEFAULT VALUES")]
    [InlineData("SELECT settlement.custody_open(NULL, NULL, NULL, NULL, NULL, NULL, NULL)")]
    [InlineData("UPDATE settlement.settlement_transactions SET archived_as_of = now()")]
    [InlineData("SELECT archive.store_one(gen_random_uuid(), 'x', 'x', now())")]
    [InlineData("UPDATE archive.settlements SET record = '{}'")]
    [InlineData("DELETE FROM archive.audit_log")]
    [InlineData("INSERT INTO settlement.approval_tickets DEFAULT VALUES")]
    [InlineData("SELECT token_hash FROM settlement.api_refresh_tokens")]
    [InlineData("INSERT INTO settlement.settlement_transition_rules VALUES ('CASH', 'PENDING', 'SETTLED')")]
    [InlineData("ALTER TABLE settlement.audit_log DISABLE TRIGGER ALL")]
    [InlineData("SET session_replication_role = replica")]
    [InlineData("SET ROLE settlement_archiver")]
    public async Task Worker_RewritingOrMovingMoneyByHand_IsRefused(string sql) => await ShouldBeDeniedAsync(DatabaseRole.Worker, sql);

    [Fact]
    public async Task Auditor_AnyWrite_IsRefused()
    {
        foreach (var table in await TablesAsync())
        {
            await ShouldBeDeniedAsync(DatabaseRole.Auditor, $"DELETE FROM settlement.{table}");
            await ShouldBeDeniedAsync(DatabaseRole.Auditor, $"INSERT INTO settlement.{table} DEFAULT VALUES");
        }

        await ShouldBeDeniedAsync(DatabaseRole.Auditor, "SELECT settlement.ledger_expire('2100-01-01', 10)");
        await ShouldBeDeniedAsync(DatabaseRole.Auditor, "SELECT ticket_hash FROM settlement.approval_tickets");
        await ShouldBeDeniedAsync(DatabaseRole.Auditor, "SELECT * FROM settlement.api_refresh_tokens");
    }

    [Fact]
    public async Task Auditor_Books_AreProvedAndVerified()
    {
        await new AuditSealer(database.DataSource).SealOnceAsync();
        (await new Proof.BooksProver(database.As(DatabaseRole.Auditor)).ProveAsync()).Breaches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Worker_WholeSettlement_IsSettledAndSealed()
    {
        var worker = database.As(DatabaseRole.Worker);
        var bank = await Bank.OfAsync(worker);
        var id = await bank.CreateAsync();
        await bank.LockAsync(id);
        await bank.TransferAsync(id);
        await bank.ConfirmAsync(id);
        await bank.FinalizeAsync(id);
        (await database.ScalarAsync<string>($"SELECT status FROM settlement.settlement_transactions WHERE settlement_id = '{id}'")).ShouldBe("SETTLED");

        var rejected = await bank.CreateAsync();
        await bank.LockAsync(rejected);
        await bank.TransferAsync(rejected);
        await bank.RollBackAsync(rejected);

        await new LockSweeper(worker).SweepAsync(Bank.Now.AddDays(1));
        await new OutboxRelay(worker).RelayOnceAsync();
        await new AuditSealer(worker).SealOnceAsync();
        (await new AuditVerifier(worker).VerifyAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Worker_ArchiveAndRestore_AreDoneByTheArchiversFunctions()
    {
        var worker = database.As(DatabaseRole.Worker);
        var bank = await Bank.OfAsync(worker);
        var id = await bank.SettleAsync();
        await bank.CreateAsync();
        await new OutboxRelay(worker).RelayOnceAsync();
        await new AuditSealer(worker).SealOnceAsync();
        var archive = new SettlementArchive(worker);
        (await archive.StoreAsync(Bank.Now.AddDays(1), Bank.Now.AddDays(91))).Select(one => one.SettlementId).ShouldContain(id);
        (await archive.RestoreAsync(id, new Actor("audrey", ActorSource.CommandLine), "asked for", Bank.Now.AddDays(92))).ShouldBeTrue();
        await new AccountStatements(worker).CloseAsync(Bank.Today, Bank.Now.AddDays(1));
    }

    [Fact]
    public async Task Api_NewSettlement_IsPendingWithHistoryAuditAndEvent()
    {
        var terms = Bank.Terms();
        await SettlementCreator.InsertAsync(database.As(DatabaseRole.Api), terms);
        foreach (var table in (string[])["settlement_status_history", "audit_log", "outbox_events"])
            (await database.ScalarAsync<long>($"SELECT count(*) FROM settlement.{table} WHERE settlement_id = '{terms.SettlementId}'")).ShouldBe(1, table);
    }

    [Fact]
    public async Task Api_NewSettlementInAnotherState_IsRefused()
    {
        var refusal = await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(DatabaseRole.Api, """
            INSERT INTO settlement.settlement_transactions
            SELECT (jsonb_populate_record(s, jsonb_build_object('settlement_id', gen_random_uuid(), 'reference', 'S20261118ZZZZZZZZZZ'))).*
              FROM settlement.settlement_transactions s WHERE s.status = 'SETTLED' LIMIT 1
            """));
        refusal.SqlState.ShouldBe(SqlStates.InvalidTransition);
    }

    [Fact]
    public async Task Worker_StateByHand_MeetsTheSameGuardAsEverybody()
    {
        var id = await database.Bank.CreateAsync();
        var refusal = await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(
            DatabaseRole.Worker, $"UPDATE settlement.settlement_transactions SET status = 'SETTLED' WHERE settlement_id = '{id}'"));
        refusal.SqlState.ShouldBe(SqlStates.InvalidTransition);
    }

    [Fact]
    public async Task Worker_PostingWithoutASettlement_IsRefused()
    {
        var refusal = await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(DatabaseRole.Worker, $"""
            SELECT settlement.ledger_post(gen_random_uuid(), 'CORRECTION', NULL, NULL, NULL, 'gift', '2026-11-18', now(),
                ARRAY['{database.Bank.Debtor.AccountId}', '{database.Bank.Nostro.AccountId}']::uuid[], ARRAY[100, -100]::bigint[], ARRAY['USD', 'USD'], false)
            """));
        refusal.SqlState.ShouldBe(SqlStates.BrokenPromise);
    }

    [Fact]
    public async Task MigrateAsync_AGrantGivenByHand_IsTakenBackByTheNextMigration()
    {
        var connectionString = await TestSupport.PostgresFixture.CreateDatabaseAsync();
        try
        {
            await DatabaseMigrator.MigrateAsync(connectionString);
            await using var source = SettlementDatabase.CreateDataSource(connectionString);
            await using (var careless = source.CreateCommand("GRANT UPDATE ON settlement.accounts TO settlement_api; UPDATE settlement.schema_scripts SET sha256 = sha256('older')"))
                await careless.ExecuteNonQueryAsync();
            await DatabaseMigrator.MigrateAsync(connectionString);
            await using var asked = source.CreateCommand("SELECT has_table_privilege('settlement_api', 'settlement.accounts', 'UPDATE')");
            (await asked.ExecuteScalarAsync()).ShouldBe(false);
        }
        finally
        {
            await TestSupport.PostgresFixture.DropDatabaseAsync(connectionString);
        }
    }

    private async Task ShouldBeDeniedAsync(DatabaseRole role, string sql) =>
        (await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(role, sql), sql)).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, sql);

    private async Task ExecuteAsync(DatabaseRole role, string sql)
    {
        await using var command = database.As(role).CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<List<string>> TablesAsync()
    {
        await using var command = database.DataSource.CreateCommand("SELECT tablename FROM pg_tables WHERE schemaname = 'settlement'");
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await reader.ReadAsync())
            tables.Add(reader.GetString(0));
        return tables;
    }
}
