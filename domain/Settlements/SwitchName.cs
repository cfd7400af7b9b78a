namespace Settlement.Domain;

/// <summary>Names of the kill switches (P5). A scope narrows one: <c>transfers:CURRENCY-USD</c>, <c>transfers:BANK-{bank}</c>.</summary>
public static class SwitchName
{
    public const string NewSettlements = "new_settlements";
    public const string Transfers = "transfers";
    public const string Schedules = "schedules";
    public const string Escalation = "escalation";
    public const string Notifications = "notifications";

    /// <summary>All that exist, without scope.</summary>
    public static IReadOnlyList<string> All { get; } = [NewSettlements, Transfers, Schedules, Escalation, Notifications];

    /// <summary>The switch for one currency only.</summary>
    public static string ForCurrency(string name, Currency currency) => $"{name}:CURRENCY-{currency.Code}";

    /// <summary>The switch for one bank only.</summary>
    public static string ForBank(string name, string bankId) => $"{name}:BANK-{bankId}";
}
