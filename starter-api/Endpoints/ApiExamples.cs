using Settlement.StarterApi.Endpoints.Accounts;
using Settlement.StarterApi.Endpoints.Actions;
using Settlement.StarterApi.Endpoints.Auth;
using Settlement.StarterApi.Endpoints.BankMessages;
using Settlement.StarterApi.Endpoints.Cases;
using Settlement.StarterApi.Endpoints.Settlements;
using Settlement.StarterApi.Endpoints.Switches;

namespace Settlement.StarterApi.Endpoints;

/// <summary>Examples of requests and replies for the OpenAPI document, as values of their types: one that no longer fits does not compile.</summary>
public static class ApiExamples
{
    private const string Reference = "S20261122K7Q2M4X9AB";
    private const string Ticket = "tkt_5Zk8mQ2vT1x9";
    private const string Request = "0199a3c4-7d21-7b58-9e0f-5c1d2a3b4c5d";
    private static readonly Guid Id = Guid.Parse("0199a3c4-7b02-7c11-8a4e-2f6d1b9c0e57");
    private static readonly DateTimeOffset At = new(2026, 11, 22, 9, 30, 14, TimeSpan.Zero);
    private static readonly DateOnly ValueDate = new(2026, 11, 24);

    private static readonly CreditorParty Creditor = new() { Bank = "simbank", Account = "DE89370400440532013000", Name = "Erika Mustermann", Country = "DE" };

    private static readonly SettlementReply Settlement = new()
    {
        SettlementId = Id,
        Reference = Reference,
        WorkflowId = "settlement-" + Reference,
        Kind = "cash",
        Status = "outcome_unknown",
        StatusSince = At.AddSeconds(31),
        Attempt = 1,
        RetryCount = 0,
        EntityId = "bank-alpha",
        DebtorAccountId = "CUST-USD-1",
        Creditor = Creditor,
        Amount = "7524.00",
        Fee = "12.50",
        Currency = "USD",
        Remittance = "Invoice 4711",
        Rail = "FEDWIRE",
        Calendars = ["US-FED"],
        TradeDate = new DateOnly(2026, 11, 23),
        ValueDate = ValueDate,
        DueAt = At.AddDays(2),
        NeedsAttention = true,
        AttentionReason = "outcome_unknown",
        AttentionSince = At.AddSeconds(31),
        CreatedBy = "sam",
        CreatedAt = At,
    };

    private static readonly AccountReply Account = new()
    {
        AccountId = "CUST-USD-1",
        Kind = "customer",
        EntityId = "bank-alpha",
        Name = "Customer account",
        Status = "open",
        Currency = "USD",
        Posted = "1000000.00",
        Held = "7536.50",
        Available = "992463.50",
    };

    private static readonly Dictionary<Type, object> All = new object[]
    {
        new LoginRequest { Username = "sam", Password = "the password of sam" },
        new RefreshRequest { RefreshToken = "rt_8s7Kx2…" },
        new TokenReply { AccessToken = "eyJhbGciOiJIUzI1NiJ9.…", TokenType = "Bearer", ExpiresIn = 600, RefreshToken = "rt_8s7Kx2…", RefreshExpiresAt = At.AddHours(8) },
        new CreateSettlementRequest
        {
            Kind = "cash",
            DebtorAccountId = Account.AccountId,
            Creditor = Creditor,
            Amount = "7524.00",
            Currency = "USD",
            Rail = "FEDWIRE",
            ValueDate = ValueDate,
            Remittance = "Invoice 4711",
        },
        new SettlementAccepted { SettlementId = Id, Reference = Reference, Status = "pending", ExpectedSettlementDate = ValueDate },
        Settlement,
        new ListReply<SettlementReply>([Settlement]),
        new PendingReply([Settlement], 1, null),
        new ListReply<HistoryReply>(
        [
            new HistoryReply { ToStatus = "pending", Attempt = 1, Step = "create", Actor = "sam", Source = "api", Reason = "created", At = At, RecordedAt = At },
            new HistoryReply { FromStatus = "pending", ToStatus = "funds_locked", Attempt = 1, Step = "lock", Actor = "settlement-" + Reference, Source = "workflow", Reason = "funds are locked", At = At.AddSeconds(1), RecordedAt = At.AddSeconds(1) },
        ]),
        Account,
        new ListReply<AccountReply>([Account]),
        new ActionRequest { Reason = "the bank has confirmed by telephone that it is up again" },
        new ExtendDeadlineRequest { Reason = "the bank answers tomorrow", Until = At.AddDays(1) },
        new ResolveRequest { Reason = "bank statement", Outcome = ResolveAction.Confirmed, Evidence = "camt.053 of 22 Nov, line 14", Ticket = Ticket },
        new OperatorReply { SettlementId = Id, Status = "awaiting_retry", RetryCount = 1, Message = "A new attempt begins." },
        new TicketRequest { Action = "resolve", Outcome = ResolveAction.Confirmed, Reason = "statement of 22 Nov shows it" },
        new TicketReply { Ticket = Ticket, SettlementId = Id, Action = "resolve", Outcome = ResolveAction.Confirmed, ExpiresAt = At.AddMinutes(5) },
        new CloseCaseRequest { Reason = "paid twice, given back", Evidence = "camt.053 of 23 Nov, line 2", Ticket = Ticket },
        new AssignCaseRequest { Owner = "olga", Reason = "she knows the bank" },
        new SwitchRequest { Name = "transfers:CURRENCY-USD", Stopped = true, Reason = "Fedwire is down" },
        new OperationReply { Target = "switch:transfers:CURRENCY-USD", Message = "transfers:CURRENCY-USD is stopped." },
        new BankMessageBody { MessageId = "M-20261122-17", MessageType = "pacs.002", Uetr = "8a562c67-ca16-48ba-b074-65581be6f001", Status = "ACSC", BookedAmount = "7524.00", Currency = "USD", OccurredAt = At.AddSeconds(40) },
        new BankMessageReply { MessageId = "M-20261122-17", Disposition = "delivered" },
        new HealthReply { Status = HealthReply.Healthy, Checks = new Dictionary<string, string> { ["database"] = HealthReply.Healthy, ["migrations"] = HealthReply.Healthy, ["temporal"] = HealthReply.Healthy } },
    }.ToDictionary(example => example.GetType());

    /// <summary>The example of a body's type; null when there is none.</summary>
    public static object? Of(Type? body) => body is null ? null : All.GetValueOrDefault(body);

    /// <summary>The problem that most often comes with this status.</summary>
    public static ProblemDocument? Problem(int status) => ProblemTypes.All.FirstOrDefault(kind => kind.Status == status) is not { } type ? null : new()
    {
        Type = type.Uri,
        Title = type.Title,
        Status = status,
        Instance = "/settlements",
        RequestId = Request,
        Errors = status == ProblemTypes.ValidationFailed.Status ? [new FieldError("/amount", "must have at most 2 decimals, as USD has")] : null,
    };
}
