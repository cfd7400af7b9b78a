using System.Text.Json;

namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>
/// Compares a draft with what is on record (the account, the rail's window, the calendars), and makes the settlement of it. What it
/// looks up is cached and immutable, so that the happy path costs one transaction and nothing else.
/// </summary>
public sealed class SettlementAssembly(AccountDirectory accounts, ReferenceDataCache reference, IOptions<SettlementOptions> options, TimeProvider clock)
{
    /// <summary>Null, with reasons in <paramref name="errors"/>, when account, rail, calendar or dates do not fit.</summary>
    public async Task<AssembledSettlement?> AssembleAsync(SettlementDraft draft, CurrentUser user, FieldErrors errors, CancellationToken cancel)
    {
        await CheckAccountAsync(draft, user, errors, cancel);
        var asOf = Now();
        var schedule = Schedule(draft, await reference.GetAsync(cancel), asOf, errors);
        return errors.Any || schedule is null ? null : Assemble(draft, user, asOf, schedule);
    }

    private async Task CheckAccountAsync(SettlementDraft draft, CurrentUser user, FieldErrors errors, CancellationToken cancel)
    {
        var account = await accounts.FindAsync(draft.Source.DebtorAccountId, cancel);
        // Another entity's account gets the same words as none: numbers are not for guessing.
        if (account is null || account.EntityId != user.EntityId)
            errors.Add("/debtor_account_id", "is no account of your entity");
        else if (account.Currency != draft.Amount.Currency)
            errors.Add("/currency", $"must be {account.Currency.Code}, the currency of the account");
    }

    private Plan? Schedule(SettlementDraft draft, ReferenceData data, DateTimeOffset asOf, FieldErrors errors)
    {
        var currency = draft.Amount.Currency;
        if ((draft.Source.Rail ?? options.Value.DefaultRails.GetValueOrDefault(currency.Code)) is not { } rail)
        {
            errors.Add("/rail", $"is required for {currency.Code}");
            return null;
        }

        try
        {
            var window = data.Window(rail, currency);
            string[] codes = [.. new[] { window.CalendarCode }.Concat(draft.Source.Calendars ?? []).Distinct(StringComparer.Ordinal)];
            var days = draft.Kind == SettlementKind.Purchase ? SettlementTiming.PurchaseDays : 0;
            var timing = SettlementTiming.Compute(asOf, window, data.Calendar(codes), days, draft.Source.TradeDate, draft.Source.ValueDate);
            return new Plan(rail, codes, timing.ValueDate);
        }
        catch (SettlementException refused)
        {
            errors.Add(Place(refused.Failure, draft.Source), refused.Message);
            return null;
        }
    }

    private static string Place(SettlementFailure failure, CreateSettlementRequest request) => failure switch
    {
        SettlementFailure.UnknownWindow => "/rail",
        SettlementFailure.UnknownCalendar => "/calendars",
        _ => request is { ValueDate: null, TradeDate: not null } ? "/trade_date" : "/value_date",
    };

    private static AssembledSettlement Assemble(SettlementDraft draft, CurrentUser user, DateTimeOffset asOf, Plan plan)
    {
        var id = Guid.CreateVersion7(asOf);
        var reference = SettlementReference.New(DateOnly.FromDateTime(asOf.UtcDateTime));
        var input = Input(draft, user, asOf, plan, id, reference);
        var terms = Terms(draft, user, asOf, plan, input);
        var response = new SettlementAccepted
        {
            SettlementId = id,
            Reference = reference,
            Status = UpperSnake.Lower(SettlementStatus.Pending),
            ExpectedSettlementDate = plan.ExpectedDate,
        };
        return new AssembledSettlement(terms, input, response);
    }

    private static SettlementRequest Input(SettlementDraft draft, CurrentUser user, DateTimeOffset asOf, Plan plan, Guid id, string reference) => new()
    {
        SettlementId = id,
        Reference = reference,
        Kind = draft.Kind,
        EntityId = user.EntityId!,
        DebtorAccountId = draft.Source.DebtorAccountId,
        Bank = draft.Source.Creditor.Bank,
        Currency = draft.Amount.Currency.Code,
        AmountMinor = draft.Amount.AmountMinor,
        StartedBy = user.Name,
        RequestedAt = asOf,
        Calendars = plan.Calendars,
        Rail = plan.Rail,
        TradeDate = draft.Source.TradeDate,
        ValueDate = draft.Source.ValueDate,
        ExpectedSettlementDate = plan.ExpectedDate,
        Timings = draft.Timings,
    };

    private static NewSettlement Terms(SettlementDraft draft, CurrentUser user, DateTimeOffset asOf, Plan plan, SettlementRequest input)
    {
        var source = draft.Source;
        return new NewSettlement
        {
            SettlementId = input.SettlementId,
            Reference = input.Reference,
            Kind = draft.Kind,
            EntityId = input.EntityId,
            DebtorAccount = source.DebtorAccountId,
            Amount = draft.Amount,
            Quantity = draft.Quantity,
            Price = draft.Price,
            Instrument = source.Instrument,
            TradeId = source.TradeId,
            BankId = source.Creditor.Bank,
            Rail = plan.Rail,
            CalendarCodes = plan.Calendars,
            CreditorName = source.Creditor.Name,
            CreditorAccount = source.Creditor.Account,
            CreditorBic = source.Creditor.Bic,
            CreditorCountry = source.Creditor.Country,
            Remittance = source.Remittance,
            StatedTradeDate = source.TradeDate,
            StatedValueDate = source.ValueDate,
            CreatedBy = new Actor(user.Name, ActorSource.Api),
            CreatedAsOf = asOf,
            // The default options: exactly what the Temporal client's converter makes of the same record.
            WorkflowInputJson = JsonSerializer.Serialize(input),
        };
    }

    // To the microsecond, as PostgreSQL keeps it, so that the row and the workflow's input name the same instant.
    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private sealed record Plan(string Rail, IReadOnlyList<string> Calendars, DateOnly ExpectedDate);
}

/// <summary>One settlement in its three forms, made together so that they cannot disagree.</summary>
/// <param name="Terms">The row.</param>
/// <param name="WorkflowInput">The workflow's input, which the row keeps too.</param>
/// <param name="Response">The answer.</param>
public sealed record AssembledSettlement(NewSettlement Terms, SettlementRequest WorkflowInput, SettlementAccepted Response);
