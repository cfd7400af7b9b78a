using Microsoft.Extensions.Options;

namespace Settlement.BankSimulator;

/// <summary>Takes instructions: at most one payment per UETR, in the journal before anybody hears of it.</summary>
public sealed class PaymentDesk(
    BankBooks books, ScriptReader scripts, Decisions decisions, BankClock clock, TimeProvider real,
    IOptions<BankSimulatorOptions> options, ICrashSwitch crashSwitch, ILogger<PaymentDesk> logger)
{
    private readonly BankSimulatorOptions options = options.Value;

    /// <summary>
    /// Books a well-formed instruction as the script says. A caller that hangs up changes nothing: what the bank has read it works off.
    /// </summary>
    /// <param name="instruction">The instruction, already checked for form.</param>
    /// <param name="stopping">Cancelled when the bank stops, not when the caller leaves.</param>
    public async Task<SubmitResult> SubmitAsync(PaymentInstruction instruction, CancellationToken stopping)
    {
        var call = books.Note((state, facts) => Begin(state, facts, instruction));
        var behaviour = call.Behaviour;
        await CrashAsync(CrashPoint.BeforeRecord, call).ConfigureAwait(false);
        await DelayAsync(behaviour, instruction.Uetr, stopping).ConfigureAwait(false);
        if (call.Number <= behaviour.RefuseFirst)
            return new SubmitResult.Refused("The bank cannot take instructions now.");
        if (!behaviour.Record)
            return new SubmitResult.Swallowed();
        if (!call.Known && !books.HasRoom)
            return new SubmitResult.Refused("The bank's books are full.");

        var dieHalfway = behaviour.Crash == CrashPoint.AfterRecord && call.MayCrash;
        await books.TransactAsync((state, facts) => Book(state, facts, instruction, behaviour, decide: !dieHalfway)).ConfigureAwait(false);
        var payment = books.Read(state => state.Payments[instruction.Uetr]);
        if (payment.Instruction != instruction)
            return new SubmitResult.Conflict();
        await books.WaitDurableAsync(payment.Sequence).ConfigureAwait(false);
        await CrashAsync(CrashPoint.AfterRecord, call).ConfigureAwait(false);
        await CrashAsync(CrashPoint.AfterDecision, call).ConfigureAwait(false);
        var faulty = behaviour.AnswerTimes is not { } times || call.Number <= behaviour.RefuseFirst + times;
        return new SubmitResult.Booked(books.Read(_ => decisions.FirstAnswer(payment)), faulty ? behaviour.Answer : ScriptedAnswer.Normal);
    }

    /// <summary>Settles or rejects a held or still undecided payment by hand; null: unknown; a decided one stays as it is.</summary>
    public Task<PaymentReport?> DecideAsync(string uetr, BankDecision decision) =>
        books.TransactAsync((state, facts) =>
        {
            if (!state.Payments.TryGetValue(uetr, out var payment))
                return null;
            if (payment.Status != TransactionStatus.Accepted || decision.Outcome == ScriptedOutcome.Hold)
                return decisions.Report(payment);
            var confirmation = scripts.For(state, uetr).Confirmation ?? new ConfirmationScript();
            decisions.Add(state, facts, payment.Instruction, decision.Outcome, decision.ReasonCode, confirmation);
            var decided = (JournalRecord.PaymentDecided)facts[0];
            return decisions.Report(payment) with { Status = decided.Status, ReasonCode = decided.ReasonCode, AsOf = decided.At };
        });

    private Call Begin(BooksState state, List<JournalRecord> facts, PaymentInstruction instruction)
    {
        var (behaviour, binding) = scripts.Bind(state, facts, instruction);
        var known = state.Payments.ContainsKey(instruction.Uetr);
        if (binding is null)
            return new Call(behaviour, null, 1, known, MayCrash: false);
        var number = 1;
        if (state.Bindings.TryGetValue(instruction.Uetr, out var bound))
            number = ++bound.Submissions;
        var mayCrash = behaviour.Crash != CrashPoint.None && options.AllowCrash
            && !state.SpentCrashes.Contains((binding.ScriptKey, binding.Step));
        return new Call(behaviour, binding, number, known, mayCrash);
    }

    private bool Book(BooksState state, List<JournalRecord> facts, PaymentInstruction instruction, BankBehaviour behaviour, bool decide)
    {
        if (state.Payments.ContainsKey(instruction.Uetr))
            return false;
        var held = behaviour.Outcome == ScriptedOutcome.Hold;
        var inAnswer = !held && behaviour.DecideAfterMs is null;
        var now = real.GetUtcNow();
        DateTimeOffset? decideAt = held ? null : now.AddMilliseconds(behaviour.DecideAfterMs ?? 0);
        facts.Add(new JournalRecord.PaymentReceived(instruction, clock.UtcNow, decideAt, inAnswer, behaviour.Outcome, behaviour.ReasonCode));
        if (decide && !held && behaviour.DecideAfterMs is null or 0)
        {
            var confirmation = behaviour.Confirmation ?? (inAnswer ? null : new ConfirmationScript());
            decisions.Add(state, facts, instruction, behaviour.Outcome, behaviour.ReasonCode, confirmation);
        }

        return true;
    }

    private async Task CrashAsync(CrashPoint point, Call call)
    {
        if (!call.MayCrash || call.Behaviour.Crash != point || call.Binding is not { } binding)
            return;
        await books.TransactAsync((_, facts) =>
        {
            facts.Add(new JournalRecord.CrashFired(binding.ScriptKey, binding.Step));
            return true;
        }).ConfigureAwait(false);
        BankLog.ScriptedCrash(logger, point.ToString());
        crashSwitch.Crash(point.ToString());
    }

    private static Task DelayAsync(BankBehaviour behaviour, string uetr, CancellationToken cancellationToken)
    {
        var latency = behaviour.LatencyMs;
        if (behaviour.LatencyJitterMs > 0)
        {
            // The UETR's own bytes, not string.GetHashCode, which differs from process to process.
            var draw = BitConverter.ToInt32(Guid.Parse(uetr).ToByteArray(), 0) ^ behaviour.Seed;
            latency += new Random(draw).Next(behaviour.LatencyJitterMs + 1);
        }

        return latency == 0 ? Task.CompletedTask : Task.Delay(latency, cancellationToken);
    }

    private sealed record Call(BankBehaviour Behaviour, ScriptBinding? Binding, int Number, bool Known, bool MayCrash);
}

/// <summary>
/// Body of POST /payments, the fields of ISO 20022 pacs.008 that the bank books. Idempotent on <paramref name="Uetr"/>: the same
/// body again gets the same answer, another body 409.
/// </summary>
/// <param name="Uetr">Lower-case UUID version 4.</param>
/// <param name="MessageId">Id of the sending message, at most 35 characters.</param>
/// <param name="EndToEndId">The sender's reference, at most 35 characters.</param>
/// <param name="Amount">Decimal string in major units, positive, at most as many decimals as the currency has.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="DebtorAccount">Account that pays, at most 34 characters.</param>
/// <param name="CreditorAccount">Account that receives, at most 34 characters.</param>
/// <param name="ValueDate">Requested value date, if the sender gives one.</param>
public sealed record PaymentInstruction(
    string Uetr,
    string MessageId,
    string EndToEndId,
    string Amount,
    string Currency,
    string DebtorAccount,
    string CreditorAccount,
    DateOnly? ValueDate = null);

/// <summary>What the bank says of a payment (ISO 20022 pacs.002): the answer to an instruction and to an enquiry.</summary>
/// <param name="Uetr">The payment.</param>
/// <param name="Status">ISO 20022 transaction status: ACSP accepted, ACSC settled, RJCT rejected, CANC cancelled by a recall.</param>
/// <param name="ReasonCode">ISO 20022 external status reason of a rejection, such as AC04 or AM04.</param>
/// <param name="BookedAmount">Decimal string, present once the payment was executed.</param>
/// <param name="Currency">Currency of <paramref name="BookedAmount"/>.</param>
/// <param name="Bank">The bank that speaks.</param>
/// <param name="AsOf">Business instant of the last change, UTC.</param>
public sealed record PaymentReport(
    string Uetr,
    string Status,
    string? ReasonCode,
    string? BookedAmount,
    string Currency,
    string Bank,
    DateTimeOffset AsOf);

/// <summary>The ISO 20022 transaction statuses that this bank uses (external code set ExternalPaymentTransactionStatus1Code).</summary>
public static class TransactionStatus
{
    /// <summary>Accepted, settlement in process.</summary>
    public const string Accepted = "ACSP";

    /// <summary>Settlement completed on the debtor's account.</summary>
    public const string Settled = "ACSC";

    /// <summary>Rejected; no money moved.</summary>
    public const string Rejected = "RJCT";

    /// <summary>Cancelled by a recall before execution; no money moved, and none will.</summary>
    public const string Cancelled = "CANC";
}

/// <summary>Body of POST /payments/{uetr}/decide: the bank's back office settles or rejects a payment it holds.</summary>
public sealed record BankDecision(ScriptedOutcome Outcome, string? ReasonCode = null);

/// <summary>What became of an instruction.</summary>
public abstract record SubmitResult
{
    private SubmitResult()
    {
    }

    /// <summary>In the books; <paramref name="Answer"/> is how the caller is to hear of it.</summary>
    public sealed record Booked(PaymentReport Report, ScriptedAnswer Answer) : SubmitResult;

    /// <summary>The UETR is taken by another instruction.</summary>
    public sealed record Conflict : SubmitResult;

    /// <summary>Not in the books and never will be by this call; HTTP 503.</summary>
    public sealed record Refused(string Reason) : SubmitResult;

    /// <summary>Not in the books, and the caller hears nothing.</summary>
    public sealed record Swallowed : SubmitResult;
}
