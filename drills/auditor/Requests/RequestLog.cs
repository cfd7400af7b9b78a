using System.Text.Json;
using Settlement.Auditor.Bank;

namespace Settlement.Auditor.Requests;

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
