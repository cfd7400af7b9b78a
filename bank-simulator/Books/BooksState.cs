using System.Globalization;

namespace Settlement.BankSimulator;

/// <summary>
/// The bank's books in memory: what the journal says, applied record by record, by the same code when a record is new and when it is
/// replayed. Not thread-safe; <see cref="BankBooks"/> guards it.
/// </summary>
public sealed class BooksState
{
    public Dictionary<string, Payment> Payments { get; } = new(StringComparer.Ordinal);

    /// <summary>Payments in the order of receipt, for paging.</summary>
    public List<Payment> PaymentList { get; } = [];

    public Dictionary<(string Number, string Currency), Account> Accounts { get; } = [];

    /// <summary>Accounts in the order of opening, for paging.</summary>
    public List<Account> AccountList { get; } = [];

    public Dictionary<string, BankScript> Scripts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ScriptBinding> Bindings { get; } = new(StringComparer.Ordinal);

    /// <summary>How many UETRs each script has taken on.</summary>
    public Dictionary<string, int> ScriptUses { get; } = new(StringComparer.Ordinal);

    public HashSet<(string ScriptKey, int Step)> SpentCrashes { get; } = [];

    public Dictionary<string, QueuedMessage> Outbox { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ReturnReport> Returns { get; } = new(StringComparer.Ordinal);

    public long Executed { get; private set; }

    public long Rejected { get; private set; }

    public long Cancelled { get; private set; }

    /// <summary>Applies one record; <paramref name="sequence"/> is its number in the journal.</summary>
    public void Apply(JournalRecord record, long sequence)
    {
        switch (record)
        {
            case JournalRecord.AccountOpened fact: OpenAccount(fact); break;
            case JournalRecord.ScriptSet fact: SetScript(fact.Script); break;
            case JournalRecord.ScriptBound fact: Bind(fact); break;
            case JournalRecord.CrashFired fact: SpentCrashes.Add((fact.ScriptKey, fact.Step)); break;
            case JournalRecord.PaymentReceived fact: Receive(fact, sequence); break;
            case JournalRecord.PaymentDecided fact: Decide(fact, sequence); break;
            case JournalRecord.RecallAnswered fact: AnswerRecall(fact, sequence); break;
            case JournalRecord.ReturnBooked fact: BookReturn(fact.Report, sequence); break;
            case JournalRecord.MessageQueued fact:
                Outbox[fact.Delivery] = new QueuedMessage(fact.Delivery, fact.Message, fact.DueAt, sequence);
                break;
            case JournalRecord.MessageDelivered fact: Outbox.Remove(fact.Delivery); break;
            default: throw new InvalidOperationException($"The books do not know the fact {record.GetType().Name}.");
        }
    }

    /// <summary>The ISO 20022 reason for which this payment cannot be executed now, or null.</summary>
    public string? RefusalReason(PaymentInstruction instruction, decimal amount, bool autoOpen)
    {
        var debtor = Accounts.GetValueOrDefault((instruction.DebtorAccount, instruction.Currency));
        var creditor = Accounts.GetValueOrDefault((instruction.CreditorAccount, instruction.Currency));
        if (debtor is { Closed: true } || creditor is { Closed: true })
            return "AC04";
        if (!autoOpen && debtor is null)
            return "AC02";
        if (!autoOpen && creditor is null)
            return "AC03";
        return debtor is { Floor: { } floor } && debtor.Balance - amount < floor ? "AM04" : null;
    }

    private void OpenAccount(JournalRecord.AccountOpened fact)
    {
        var account = AccountOf(fact.Account, fact.Currency, fact.Opening);
        account.Floor = fact.Floor;
        account.Closed = fact.Closed;
    }

    private void SetScript(BankScript script)
    {
        Scripts[script.Match.Key] = script;
        ScriptUses[script.Match.Key] = 0;
    }

    private void Bind(JournalRecord.ScriptBound fact)
    {
        Bindings[fact.Uetr] = new ScriptBinding(fact.ScriptKey, fact.Step);
        ScriptUses[fact.ScriptKey] = ScriptUses.GetValueOrDefault(fact.ScriptKey) + 1;
    }

    private void Receive(JournalRecord.PaymentReceived fact, long sequence)
    {
        var payment = new Payment(fact.Instruction, fact.At)
        {
            Plan = fact.Outcome,
            PlannedReason = fact.ReasonCode,
            DecideAt = fact.DecideAt,
            DecidesInAnswer = fact.DecidesInAnswer,
            Sequence = sequence,
        };
        Payments.Add(fact.Instruction.Uetr, payment);
        PaymentList.Add(payment);
    }

    private void Decide(JournalRecord.PaymentDecided fact, long sequence)
    {
        var payment = Payments[fact.Uetr];
        payment.Status = fact.Status;
        payment.ReasonCode = fact.ReasonCode;
        payment.DecidedAt = fact.At;
        payment.DecideAt = null;
        payment.Sequence = sequence;
        if (fact.Status == TransactionStatus.Settled)
        {
            payment.Executions++;
            Executed++;
            Move(payment.Instruction.DebtorAccount, payment.Instruction.CreditorAccount, payment.Instruction.Currency, payment.Amount);
        }
        else
        {
            Rejected++;
        }
    }

    private void AnswerRecall(JournalRecord.RecallAnswered fact, long sequence)
    {
        var payment = Payments[fact.Report.Uetr];
        payment.Recalls[fact.Report.RecallId] = fact.Report;
        payment.Sequence = sequence;
        if (fact.Report.Verdict != RecallVerdict.Cancelled)
            return;
        if (fact.GivesBack)
        {
            GiveBack(payment, payment.Amount - payment.Returned);
            return;
        }

        if (payment.Status == TransactionStatus.Accepted)
        {
            payment.Status = TransactionStatus.Cancelled;
            payment.DecidedAt = fact.Report.AsOf;
            payment.DecideAt = null;
            Cancelled++;
        }
    }

    private void BookReturn(ReturnReport report, long sequence)
    {
        Returns[report.Uetr] = report;
        var payment = Payments[report.OriginalUetr];
        payment.Sequence = sequence;
        GiveBack(payment, decimal.Parse(report.Amount, CultureInfo.InvariantCulture));
    }

    private void GiveBack(Payment payment, decimal amount)
    {
        payment.Returned += amount;
        Move(payment.Instruction.CreditorAccount, payment.Instruction.DebtorAccount, payment.Instruction.Currency, amount);
    }

    private void Move(string from, string to, string currency, decimal amount)
    {
        AccountOf(from, currency, 0).Balance -= amount;
        AccountOf(to, currency, 0).Balance += amount;
    }

    private Account AccountOf(string number, string currency, decimal opening)
    {
        if (!Accounts.TryGetValue((number, currency), out var account))
        {
            account = new Account(number, currency, opening);
            Accounts.Add((number, currency), account);
            AccountList.Add(account);
        }

        return account;
    }
}

/// <summary>One account in one currency, in major units.</summary>
public sealed class Account(string number, string currency, decimal opening)
{
    public string Number { get; } = number;

    public string Currency { get; } = currency;

    public decimal Opening { get; } = opening;

    public decimal Balance { get; internal set; } = opening;

    /// <summary>Lowest balance allowed; null: none.</summary>
    public decimal? Floor { get; internal set; }

    public bool Closed { get; internal set; }
}

/// <summary>Which step of which script a UETR took, and how often each kind of call came; the counts start anew with the process.</summary>
public sealed class ScriptBinding(string scriptKey, int step)
{
    public string ScriptKey { get; } = scriptKey;

    public int Step { get; } = step;

    /// <summary>The binding itself is made by the first submission.</summary>
    public int Submissions { get; internal set; } = 1;

    public int Enquiries { get; internal set; }

    public int Recalls { get; internal set; }
}

/// <summary>A message that waits for its push.</summary>
public sealed class QueuedMessage(string delivery, BankMessage message, DateTimeOffset dueAt, long sequence)
{
    /// <summary>Tells scripted copies of one message apart.</summary>
    public string Delivery { get; } = delivery;

    public BankMessage Message { get; } = message;

    /// <summary>Real time, UTC, before which it is not pushed.</summary>
    public DateTimeOffset DueAt { get; } = dueAt;

    /// <summary>Journal sequence; it is not pushed before the journal holds it.</summary>
    public long Sequence { get; } = sequence;

    public int Attempts { get; internal set; }

    /// <summary>True: given up until the bank is started again.</summary>
    public bool Parked { get; internal set; }
}
