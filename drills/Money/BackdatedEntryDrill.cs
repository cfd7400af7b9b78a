using System.Globalization;
using Settlement.AppHost.Launch;
using Settlement.Drills.Environments;

namespace Settlement.Drills.Money;

/// <summary>Entries with a date of the past: refused, approved by a second person, or forged and found.</summary>
internal sealed class BackdatedEntryDrill : MoneyDrill
{
    public override string Name => "backdated-entry";

    public override string Purpose => "An entry with a date of the past: refused beyond the limit, approved by a second person within it, and found by the proof when it was forged.";

    protected override async Task PlayAsync(DrillStage stage, PrivateEnvironment environment, OperatorDesk desk, CancellationToken cancellationToken)
    {
        stage.Scene("A settlement is dated back by 200 days");
        var tooOld = await desk.CreateAsync(Payer, "NW-OLD", "100.00", Quick, cancellationToken, Date(200));
        stage.Expect((await desk.WaitAsync(tooOld, seen => seen.HasEnded, cancellationToken)).Status == "failed", "beyond the limit it is refused, with the reason");
        await desk.HistoryAsync(tooOld, cancellationToken);

        stage.Scene("A settlement is dated back by 10 days");
        var backdated = await desk.CreateAsync(Payer, "NW-OLD", "750.00", Quick, cancellationToken, Date(10));
        await desk.WaitAsync(backdated, seen => seen is { Status: "awaiting_approval", NeedsAttention: true }, cancellationToken);
        // Not the reason in the list, which names what came last: a payment dated back is overdue as well.
        var cases = await environment.ScalarAsync<string>($"SELECT string_agg(reason, ', ') FROM settlement.cases WHERE settlement_id = '{backdated.Id}' AND state = 'OPEN' AND reason = 'APPROVAL_REQUIRED'", cancellationToken);
        stage.Expect(cases == "APPROVAL_REQUIRED", "more than 7 days back, a second person must agree: there is a case for it");
        await desk.ListAttentionAsync(cancellationToken);
        stage.Expect(!(await desk.PerformAsync(backdated, "approve", "it is fine", cancellationToken, DemoUsers.Starter)).Taken, "who started it cannot approve it");
        stage.Expect((await desk.PerformAsync(backdated, "approve", "invoice of that day seen", cancellationToken, DemoUsers.Approver)).Taken, "an approver does");
        stage.Expect((await desk.WaitAsync(backdated, seen => seen.HasEnded, cancellationToken)).Status == "settled", "it settles");
        var entry = await environment.ScalarAsync<string>($"""
            SELECT format('value date %s, booked %s', e.value_date, e.as_of::date) FROM settlement.ledger_entries e
              JOIN settlement.ledger_transfers t USING (transfer_id) WHERE t.settlement_id = '{backdated.Id}' LIMIT 1
            """, cancellationToken);
        stage.Output(entry ?? "no entry");
        stage.Expect(entry is not null && entry.StartsWith($"value date {Date(10)}", StringComparison.Ordinal), "the entry has the value date of the past and the booking date of today");

        await ForgedAsync(stage, desk, cancellationToken);
    }

    private static async Task ForgedAsync(DrillStage stage, OperatorDesk desk, CancellationToken cancellationToken)
    {
        stage.Scene("Somebody with the database's own password writes an entry of last year");
        stage.Expect(await desk.SqlAsync("UPDATE settlement.ledger_entries SET amount_minor = amount_minor + 100, as_of = as_of - interval '1 year' WHERE entry_id = 1", cancellationToken) is not null,
            "entries are not rewritten");
        const string Forge = "SET session_replication_role = replica; UPDATE settlement.ledger_entries SET amount_minor = amount_minor + 100 WHERE entry_id = 1; SET session_replication_role = DEFAULT";
        const string Undo = "SET session_replication_role = replica; UPDATE settlement.ledger_entries SET amount_minor = amount_minor - 100 WHERE entry_id = 1; SET session_replication_role = DEFAULT";
        await desk.SqlAsync(Forge, cancellationToken);
        stage.Happens("with the guards switched off, as only the database's superuser can, it is written");
        stage.Expect((await desk.ProveAsync(cancellationToken)).Count > 0, "the proof names the transfer and the account that no longer add up");
        stage.Sees("the breach with its evidence: the database is restored; here the forged entry is taken back the way it was made");
        await desk.SqlAsync(Undo, cancellationToken);
    }

    private static string Date(int daysBack) => DateTime.UtcNow.AddDays(-daysBack).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
