using System.Text.Json;

namespace Settlement.Auditor;

/// <summary>The callers' own log, one JSON object a line; only lines whose <c>event</c> is <c>accepted</c> matter here.</summary>
internal static class RequestLog
{
    public static IReadOnlyList<AcceptedRequest> Read(string file)
    {
        var accepted = new List<AcceptedRequest>();
        foreach (var line in File.ReadLines(file))
        {
            using var logged = JsonDocument.Parse(line);
            var root = logged.RootElement;
            if (Text(root, "event") != "accepted")
                continue;
            var currency = Text(root, "currency");
            accepted.Add(new AcceptedRequest(
                Text(root, "key"), Guid.Parse(Text(root, "settlement_id")), Text(root, "debtor"), currency, MinorUnits.Parse(Text(root, "amount"), currency)));
        }

        return accepted;
    }

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"a line of the request log has no {name}");
}

/// <summary>A request for which a caller holds the API's acceptance: from then on it must exist, once.</summary>
/// <param name="Key">The caller's idempotency key.</param>
/// <param name="SettlementId">What the API answered.</param>
/// <param name="DebtorAccount">What the caller asked for.</param>
/// <param name="Currency">What the caller asked for.</param>
/// <param name="AmountMinor">What the caller asked for, minor units.</param>
internal sealed record AcceptedRequest(string Key, Guid SettlementId, string DebtorAccount, string Currency, long AmountMinor);
