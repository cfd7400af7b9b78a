using Npgsql;

namespace Settlement.Database.Tests;

/// <summary>One run per slot, and no slot is lost without a word.</summary>
public sealed class JobLedgerTests : DatabaseTest
{
    private const string Job = "locks";
    private static readonly DateTimeOffset Slot = new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);

    private JobLedger ledger = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        ledger = new JobLedger(DataSource);
    }

    [Fact]
    public async Task TryStart_FromManyWorkersAtOnce_OneGetsTheSlot()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ledger.TryStartAsync(Job, Slot, $"worker-{i}", Now)));
        claims.Count(mine => mine).ShouldBe(1);
    }

    [Fact]
    public async Task TryStart_AfterSuccess_NobodyGetsItAgain()
    {
        await ledger.TryStartAsync(Job, Slot, "one", Now);
        await ledger.FinishAsync(Job, Slot, "one", succeeded: true, Now);
        (await ledger.TryStartAsync(Job, Slot, "one", Now)).ShouldBeFalse();
        (await Should.ThrowAsync<PostgresException>(() => SqlAsync("UPDATE settlement.job_runs SET state = 'FAILED'"))).SqlState.ShouldBe(SqlStates.Immutable);
    }

    [Fact]
    public async Task TryStart_AfterFailure_AnotherMayTry()
    {
        await ledger.TryStartAsync(Job, Slot, "one", Now);
        await ledger.FinishAsync(Job, Slot, "one", succeeded: false, Now, """{"error":"x"}""");
        (await ledger.TryStartAsync(Job, Slot, "two", Now)).ShouldBeTrue();
        (await ScalarAsync<int>("SELECT tries FROM settlement.job_runs")).ShouldBe(2);
    }

    [Fact]
    public async Task RecordMissed_SlotsThatNobodyTook_AreWrittenDownOnce()
    {
        await ledger.ExpectAsync(Job, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(5), active: true, Slot.AddMinutes(-1));
        await ledger.TryStartAsync(Job, Slot.AddMinutes(10), "one", Now);

        var missed = await ledger.RecordMissedAsync(Slot.AddMinutes(36));

        // 12:00, 12:20 and 12:30; 12:10 has run, and what is before the job was known is nobody's duty.
        missed.ShouldBe([new JobSlot(Job, Slot), new JobSlot(Job, Slot.AddMinutes(20)), new JobSlot(Job, Slot.AddMinutes(30))]);
        (await ledger.RecordMissedAsync(Slot.AddMinutes(36))).ShouldBeEmpty();
        (await ScalarAsync<long>("SELECT count(*) FROM settlement.audit_log WHERE action = 'job_slot_missed'")).ShouldBe(3);
        (await ScalarAsync<long>("SELECT count(*) FROM settlement.outbox_events WHERE type = 'job.slot_missed'")).ShouldBe(3);
        (await ledger.TryStartAsync(Job, Slot, "late", Now)).ShouldBeTrue("a late run may still take it");
    }

    [Fact]
    public async Task RecordMissed_WithinTheGraceOrInactive_SaysNothing()
    {
        await ledger.ExpectAsync(Job, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(5), active: true, Slot.AddMinutes(-1));
        (await ledger.RecordMissedAsync(Slot.AddMinutes(4))).ShouldBeEmpty();
        await ledger.ExpectAsync(Job, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(5), active: false, Slot);
        (await ledger.RecordMissedAsync(Slot.AddHours(5))).ShouldBeEmpty();
        await ledger.ExpectAsync(Job, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(5), active: true, Slot.AddHours(5));
        (await ledger.RecordMissedAsync(Slot.AddHours(5).AddMinutes(4))).ShouldBeEmpty("its pause was no fault");
    }

    [Fact]
    public async Task Abandon_RunThatNeverEnded_MayBeTakenAgain()
    {
        await ledger.TryStartAsync(Job, Slot, "lost", Now);
        (await ledger.AbandonAsync(Now, Now)).ShouldBeEmpty();
        (await ledger.AbandonAsync(Now.AddSeconds(1), Now.AddDays(2))).ShouldBe([new JobSlot(Job, Slot)]);
        (await ledger.TryStartAsync(Job, Slot, "next", Now)).ShouldBeTrue();
    }
}
