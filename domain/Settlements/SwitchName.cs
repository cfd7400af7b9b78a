namespace Settlement.Domain;

/// <summary>
/// Names of the kill switches (P5). A scope narrows new settlements, transfers and escalation: <c>transfers:CURRENCY-USD</c>, <c>transfers:BANK-{bank}</c>, <c>transfers:CORRIDOR-USD-DE</c>.
/// </summary>
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

    /// <summary>The switch for one corridor only: a currency into a country (ISO 3166-1 alpha-2).</summary>
    public static string ForCorridor(string name, Currency currency, string country) => $"{name}:CORRIDOR-{currency.Code}-{country}";

    /// <summary>Whether the text names a switch that something asks: a general name, alone or with one of the three scopes.</summary>
    public static bool IsKnown(string? text)
    {
        if (text is null || text.Length > 100)
            return false;
        var (name, scope) = text.Split(':', 2) is [var first, var second] ? (first, second) : (text, null);
        return All.Contains(name) && (scope is null || (name is NewSettlements or Transfers or Escalation && IsScope(scope)));
    }

    private static bool IsScope(string scope) => scope.Split('-', 2) switch
    {
        ["CURRENCY", var code] => Currency.TryGet(code, out _),
        ["BANK", var bank] => bank.Length is > 0 and <= 59 && bank.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'),
        ["CORRIDOR", var corridor] => corridor.Split('-') is [var code, [>= 'A' and <= 'Z', >= 'A' and <= 'Z']] && Currency.TryGet(code, out _),
        _ => false,
    };
}
