using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Settlement.BankSimulator;

/// <summary>The bank's books, for proofs, and the opening of accounts.</summary>
internal static class BooksEndpoints
{
    private const int MaxPage = 1_000;

    public static void MapBooks(this IEndpointRouteBuilder app)
    {
        var books = app.MapGroup("").WithTags("Books");
        books.MapGet("/books", Summary).WithSummary("Totals of the books").Produces<BooksSummary>();
        books.MapGet("/books/payments", Payments).WithSummary("Payments with their number of executions, in the order of receipt")
            .Produces<Page<PaymentRecord>>().ProducesProblem(400);
        books.MapGet("/books/payments/{uetr}", OnePayment).WithSummary("One payment as the books have it, whatever enquiries claim")
            .Produces<PaymentRecord>().ProducesProblem(404);
        books.MapGet("/books/accounts", Accounts).WithSummary("Accounts with their balances, in the order of opening")
            .Produces<Page<AccountReport>>().ProducesProblem(400);
        books.MapPost("/accounts", OpenAsync).WithSummary("Open an account, or change its floor or closure")
            .Produces<AccountReport>().ProducesProblem(400).ProducesProblem(503);
    }

    private static Ok<BooksSummary> Summary(BankBooks books, BankClock clock, IOptions<BankSimulatorOptions> options) =>
        TypedResults.Ok(books.Read(state => new BooksSummary(
            options.Value.Name, clock.UtcNow, state.PaymentList.Count, state.Executed, state.Rejected, state.Cancelled, state.Returns.Count,
            state.Outbox.Count, state.Outbox.Values.Count(message => message.Parked), books.JournalRecords, books.JournalBytes,
            state.AccountList.GroupBy(account => account.Currency).ToDictionary(
                group => group.Key,
                group => new CurrencyTotal(
                    CurrencyRules.Format(group.Sum(account => account.Opening), group.Key),
                    CurrencyRules.Format(group.Sum(account => account.Balance), group.Key))))));

    private static IResult Payments(BankBooks books, [FromQuery(Name = "creditor_account")] string? creditorAccount = null, long after = 0, int limit = 200) =>
        Paged(
            books,
            state => creditorAccount is null
                ? state.PaymentList
                : state.PaymentList.FindAll(payment => payment.Instruction.CreditorAccount == creditorAccount),
            Record, after, limit);

    private static IResult Accounts(BankBooks books, long after = 0, int limit = 200) =>
        Paged(books, state => state.AccountList, Report, after, limit);

    private static IResult OnePayment(string uetr, BankBooks books) =>
        books.Read(state => state.Payments.TryGetValue(uetr, out var payment) ? Record(payment) : null) is { } record
            ? TypedResults.Ok(record)
            : Problems.UnknownPayment();

    private static async Task<IResult> OpenAsync(AccountOpening form, BankBooks books, IOptions<BankSimulatorOptions> options)
    {
        if (Forms.Fault(form, out var opening, out var floor) is { } fault)
            return Problems.Invalid(fault);
        var taken = await books.TransactAsync((state, facts) =>
        {
            if (state.AccountList.Count >= options.Value.MaxAccounts && !state.Accounts.ContainsKey((form.Account, form.Currency)))
                return false;
            facts.Add(new JournalRecord.AccountOpened(form.Account, form.Currency, opening, floor, form.Closed));
            return true;
        }).ConfigureAwait(false);
        return taken
            ? TypedResults.Ok(books.Read(state => Report(state.Accounts[(form.Account, form.Currency)])))
            : Problems.Unavailable("The bank opens no more accounts.");
    }

    private static IResult Paged<TRow, TReport>(
        BankBooks books, Func<BooksState, List<TRow>> rows, Func<TRow, TReport> report, long after, int limit)
    {
        if (after < 0 || limit is < 1 or > MaxPage)
            return Problems.Invalid("after must not be negative; limit must be 1 to 1000.");
        return TypedResults.Ok(books.Read(state =>
        {
            var list = rows(state);
            var start = (int)Math.Min(after, list.Count);
            var page = list.GetRange(start, Math.Min(limit, list.Count - start)).ConvertAll(row => report(row));
            var next = start + page.Count;
            return new Page<TReport>(page, next < list.Count ? next : null);
        }));
    }

    private static PaymentRecord Record(Payment payment) => new(
        payment.Instruction.Uetr, payment.Instruction.MessageId, payment.Instruction.EndToEndId, payment.Status, payment.ReasonCode,
        payment.Executions, payment.Instruction.Amount, payment.Instruction.Currency, payment.Instruction.DebtorAccount,
        payment.Instruction.CreditorAccount, CurrencyRules.Format(payment.Returned, payment.Instruction.Currency),
        payment.ReceivedAt, payment.DecidedAt);

    private static AccountReport Report(Account account) => new(
        account.Number, account.Currency, CurrencyRules.Format(account.Opening, account.Currency),
        CurrencyRules.Format(account.Balance, account.Currency),
        account.Floor is { } floor ? CurrencyRules.Format(floor, account.Currency) : null, account.Closed);
}

/// <summary>
/// Totals of the bank's books, from the same state as the pages beneath /books. <c>CurrencyTotals</c> holds per currency the sum of
/// openings and the sum of balances, equal in sound books because payments sum to zero.
/// </summary>
public sealed record BooksSummary(
    string Bank,
    DateTimeOffset AsOf,
    long Payments,
    long Executed,
    long Rejected,
    long Cancelled,
    long Returns,
    long MessagesPending,
    long MessagesParked,
    long JournalRecords,
    long JournalBytes,
    IReadOnlyDictionary<string, CurrencyTotal> CurrencyTotals);

/// <summary>Sums over all accounts of one currency, as decimal strings.</summary>
public sealed record CurrencyTotal(string Openings, string Balances);

/// <summary>
/// One payment in the bank's books, for proofs. <c>Executions</c> is how often money moved for this UETR, counted from the journal:
/// anything but 0 or 1 is a breach. <c>ReturnedAmount</c> is what has been given back since.
/// </summary>
public sealed record PaymentRecord(
    string Uetr,
    string MessageId,
    string EndToEndId,
    string Status,
    string? ReasonCode,
    int Executions,
    string Amount,
    string Currency,
    string DebtorAccount,
    string CreditorAccount,
    string ReturnedAmount,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? DecidedAt);

/// <summary>One account in the bank's books.</summary>
public sealed record AccountReport(string Account, string Currency, string OpeningBalance, string Balance, string? Floor, bool Closed);

/// <summary>Body of POST /accounts: opens an account, or changes floor and closure of one; the opening balance is booked once.</summary>
/// <param name="Account">Account number, at most 34 characters.</param>
/// <param name="Currency">ISO 4217 code; one account number may hold several currencies.</param>
/// <param name="OpeningBalance">Decimal string, may be negative; null is zero.</param>
/// <param name="Floor">Decimal string below which the account never falls; null: no floor.</param>
/// <param name="Closed">True: every payment from or to it is rejected with AC04.</param>
public sealed record AccountOpening(string Account, string Currency, string? OpeningBalance = null, string? Floor = null, bool Closed = false);

/// <summary>A page of a list in booking order. <paramref name="NextAfter"/> is the next page's <c>after</c>, null on the last page.</summary>
public sealed record Page<T>(IReadOnlyList<T> Data, long? NextAfter);
