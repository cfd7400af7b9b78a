using Settlement.Domain;
using Settlement.Workflows.Contracts;

namespace Settlement.Workflows.Tests.Support;

/// <summary>Requests for tests.</summary>
internal static class Requests
{
    public static SettlementRequest Cash(DateTimeOffset now) => new()
    {
        SettlementId = Guid.CreateVersion7(),
        Reference = SettlementReference.New(DateOnly.FromDateTime(now.UtcDateTime)),
        Kind = SettlementKind.Cash,
        EntityId = "ACME",
        DebtorAccountId = "CUST-1",
        Bank = "testbank",
        Currency = "USD",
        AmountMinor = 7_524,
        StartedBy = "stella",
        RequestedAt = now,
    };

    public static OperatorAction By(string name, string? requestId = null) => new()
    {
        Operator = name, Reason = "because of the test", RequestId = requestId ?? Guid.NewGuid().ToString("N"),
    };

    public static TicketedAction WithTicket(string name) => new()
    {
        Operator = name, Reason = "looked at it", RequestId = Guid.NewGuid().ToString("N"), Ticket = "tk_good",
    };

    public static ResolveAction Resolution(string outcome) => new()
    {
        Operator = "olga", Reason = "the bank called back", RequestId = Guid.NewGuid().ToString("N"), Ticket = "tk_good", Outcome = outcome,
        Evidence = "statement of 7 March, line 12",
    };
}
