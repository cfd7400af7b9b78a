namespace Settlement.BankSimulator;

/// <summary>Decides accepted payments when their time has come, also those that a crash left undecided.</summary>
public sealed class DueDecisions(
    BankBooks books, ScriptReader scripts, Decisions decisions, TimeProvider real, ILogger<DueDecisions> logger) : BackgroundService
{
    private const int Batch = 256;
    private readonly Agenda<string> queue = new(real);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        books.Committed += TakeNew;
        try
        {
            AddLeftOver();
            await DecideUntilStoppedAsync(stoppingToken).ConfigureAwait(false);
        }
        finally
        {
            books.Committed -= TakeNew;
        }
    }

    private void TakeNew(IReadOnlyList<JournalRecord> facts)
    {
        foreach (var fact in facts)
        {
            if (fact is JournalRecord.PaymentReceived { DecideAt: { } dueAt } received)
                queue.Add(received.Instruction.Uetr, dueAt);
        }
    }

    private void AddLeftOver()
    {
        var undecided = books.Read(state => state.PaymentList
            .Where(payment => payment is { Status: TransactionStatus.Accepted, DecideAt: not null })
            .Select(payment => (payment.Instruction.Uetr, payment.DecideAt!.Value))
            .ToArray());
        foreach (var (uetr, dueAt) in undecided)
            queue.Add(uetr, dueAt);
    }

    private async Task DecideUntilStoppedAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var due = await queue.TakeDueAsync(Batch, stoppingToken).ConfigureAwait(false);
            try
            {
                await DecideAsync(due).ConfigureAwait(false);
            }
            catch (IOException error)
            {
                // The journal has failed and the bank is stopping; these stay undecided and are taken up at the next start.
                BankLog.DecisionFailed(logger, error);
                return;
            }
        }
    }

    private Task<int> DecideAsync(List<string> due) =>
        books.TransactAsync((state, facts) =>
        {
            foreach (var uetr in due)
            {
                if (!state.Payments.TryGetValue(uetr, out var payment) || payment.Status != TransactionStatus.Accepted || payment.DecideAt is null)
                    continue;
                var confirmation = scripts.For(state, uetr).Confirmation ?? new ConfirmationScript();
                decisions.Add(state, facts, payment.Instruction, payment.Plan, payment.PlannedReason, confirmation);
            }

            return facts.Count;
        });
}
