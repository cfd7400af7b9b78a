using Npgsql;
using Settlement.Activities.Ledger;
using Settlement.Activities.Returns;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Lifecycle;

/// <summary>
/// Step 1. Judges first and writes afterwards, so that a refusal leaves nothing behind but its reason. The schedule is
/// computed once per settlement; a later attempt keeps its due date and only looks for the next opening of the window.
/// </summary>
public sealed partial class LifecycleActivities
{
    private static readonly StepName Approved = StepName.Validate.With("approved");

    /// <inheritdoc/>
    [Activity("Validate")]
    public async Task<ValidationResult> ValidateAsync(ValidateInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var data = await reference.GetAsync(Cancellation);
        var result = await StepAsync(input, input.Approved ? Approved : StepName.Validate, async step =>
        {
            try
            {
                return Accept(step, await JudgeAsync(step, data), input.Approved);
            }
            catch (SettlementException refusal)
            {
                return Refuse(step, refusal);
            }
        });
        return result.Value;
    }

    private async Task<Judgement> JudgeAsync(StepContext step, ReferenceData data)
    {
        var settlement = step.Settlement;
        var returnOf = ReturnTerms.Of(settlement);
        var hasComeBack = returnOf is { MessageId: not null };
        // Money that is back already is taken into the books, whatever is switched off. Transfers are stopped at the transfer: what waits there goes on.
        if (!hasComeBack)
            RequireRunning(data, SwitchName.NewSettlements, step);
        await RequireAccountsAsync(step, mustBeOpen: !hasComeBack);
        RequireExactAmount(step);
        var currency = step.Amount.Currency;
        var (window, calendar) = ScheduleRules.Of(settlement, data);
        var today = window.BusinessDate(settlement.CreatedAsOf, calendar);
        var stated = settlement.StatedValueDate ?? settlement.StatedTradeDate ?? today;
        var limits = data.Limits(settlement.EntityId, currency);
        if (returnOf is null)
            limits.Require(step.Amount, stated, today);
        var timing = SettlementTiming.Compute(
            settlement.CreatedAsOf,
            window,
            calendar,
            ScheduleRules.DaysOf(settlement),
            settlement.StatedTradeDate,
            settlement.StatedValueDate,
            ScheduleRules.OverdueOf(settlement));
        var hit = ScreeningList.Screen(
            data.Screening, step.AsOf, settlement.CreditorName, settlement.CreditorBic, settlement.CreditorCountry);
        var reason = returnOf switch
        {
            null => limits.ApprovalReason(step.Amount, stated, today),
            { MessageId: null } => $"a return of {returnOf.Reference} needs a second person",
            _ => null,
        };
        return new Judgement(
            timing,
            window.NextOpen(step.AsOf, timing.ValueDate, calendar),
            hit is null ? reason : $"screening: the creditor's {hit} is listed",
            hit is not null);
    }

    private static void RequireRunning(ReferenceData data, string name, StepContext step)
    {
        if (data.StoppedBecause(name, step.Settlement) is { } reason)
            throw new SettlementException(SettlementFailure.SwitchedOff, $"Switch {name} is off: {reason}");
    }

    private async Task RequireAccountsAsync(StepContext step, bool mustBeOpen)
    {
        var settlement = step.Settlement;
        if (!banks.TryGet(settlement.BankId, out _))
            throw new SettlementException(SettlementFailure.UnknownAccount, $"There is no connection to a bank {settlement.BankId}.");
        var parties = await PaymentAccounts.FindAsync(accounts, settlement, step.CancellationToken);
        if (parties.Debtor.EntityId != settlement.EntityId)
            throw new SettlementException(SettlementFailure.EntityMismatch, "The debtor account belongs to another entity.");
        if (parties.Debtor.Currency != step.Amount.Currency)
            throw new SettlementException(SettlementFailure.CurrencyMismatch, "The debtor account is in another currency.");
        if (mustBeOpen && await StatusAsync(step, parties.Debtor.AccountId) != AccountStatus.Open)
            throw new SettlementException(SettlementFailure.AccountUnavailable, "The debtor account is blocked or closed.");
        if (parties.Debtor.AccountId == parties.Nostro.AccountId)
            throw new SettlementException(SettlementFailure.SameAccount, "The debtor account is our own account at the bank.");
    }

    // Unlike the facts in the directory it changes, so it is read with the step. The lock looks again, inside its write.
    private static Task<AccountStatus> StatusAsync(StepContext step, Guid accountId) => step.WithConnectionAsync(async (connection, cancel) =>
    {
        await using var command = new NpgsqlCommand("SELECT status FROM settlement.accounts WHERE account_id = $1", connection)
        {
            Parameters = { new() { Value = accountId } },
        };
        return UpperSnake.Parse<AccountStatus>((string)(await command.ExecuteScalarAsync(cancel))!);
    });

    private static void RequireExactAmount(StepContext step)
    {
        var settlement = step.Settlement;
        if (settlement is { Quantity: { } quantity, Price: { } price } && Money.ForPurchase(quantity, price, step.Amount.Currency) != step.Amount)
            throw new SettlementException(SettlementFailure.AmountNotExact, "The amount is not quantity times price.");
    }

    private static ValidationResult Accept(StepContext step, Judgement judgement, bool approved)
    {
        var settlement = step.Settlement;
        if (settlement.DueAt is null)
            step.SetSchedule(judgement.Timing, Actor.System, "scheduled");
        var mustAsk = judgement.ApprovalReason is not null && !approved;
        if (mustAsk && settlement.Status != SettlementStatus.AwaitingApproval)
            step.Transition(SettlementStatus.AwaitingApproval, Actor.System, judgement.ApprovalReason!);
        else if (!mustAsk && judgement.ReleaseAt > step.AsOf && settlement.Status != SettlementStatus.Scheduled)
            step.Transition(SettlementStatus.Scheduled, Actor.System, $"waits for its window at {judgement.ReleaseAt:u}");
        return new ValidationResult
        {
            Status = settlement.Status,
            Detail = judgement.ApprovalReason,
            ApprovalRequired = mustAsk,
            ScreeningHit = judgement.ScreeningHit,
            ReleaseAt = judgement.ReleaseAt,
            DueAt = settlement.DueAt,
            OverdueAt = settlement.WarningAt,
            CriticalAt = settlement.CriticalAt,
        };
    }

    private static ValidationResult Refuse(StepContext step, SettlementException refusal)
    {
        // A later attempt leaves the settlement where operators can retry or cancel it.
        if (step.Settlement.Status != SettlementStatus.AwaitingRetry)
            step.Transition(SettlementStatus.Failed, Actor.System, refusal.Message, refusal.Failure, refusal.Message);
        return new ValidationResult { Status = step.Settlement.Status, Failure = refusal.Failure, Detail = refusal.Message };
    }

    private sealed record Judgement(SettlementTiming Timing, DateTimeOffset ReleaseAt, string? ApprovalReason, bool ScreeningHit);
}
