using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Settlement.Domain;

namespace Settlement.AppHost.Samples;

/// <summary>Turns the request of a file into the body of POST /settlements.</summary>
internal static class SampleRequestBody
{
    public static JsonObject Build(SampleRequest request, SampleNames names, string bank, DateTimeOffset now)
    {
        var body = new JsonObject
        {
            ["kind"] = request.Kind,
            ["debtor_account_id"] = names.Of(request.Debtor),
            ["creditor"] = Creditor(request.Creditor, names, bank),
            ["currency"] = request.Currency,
            ["rail"] = request.Rail,
            ["calendars"] = new JsonArray([.. request.Calendars.Select(code => (JsonNode)code)]),
        };
        Add(body, "amount", request.Amount);
        Add(body, "remittance", request.Remittance);
        Add(body, "trade_id", request.TradeId is { } trade ? names.Of(trade) : null);
        Add(body, "instrument", request.Instrument);
        Add(body, "quantity", request.Quantity);
        Add(body, "price", request.Price);
        Add(body, "trade_date", Date(request, request.TradeDate, now));
        Add(body, "value_date", Date(request, request.ValueDate, now));
        if (request.Timeouts is { } timeouts)
            body["timeouts"] = JsonNode.Parse(timeouts.GetRawText());
        return body;
    }

    private static JsonObject Creditor(SampleCreditor creditor, SampleNames names, string bank)
    {
        var body = new JsonObject
        {
            ["bank"] = creditor.Bank ?? bank,
            ["account"] = names.Of(creditor.Account),
            ["name"] = creditor.Name,
        };
        Add(body, "bic", creditor.Bic);
        Add(body, "country", creditor.Country);
        return body;
    }

    private static void Add(JsonObject body, string name, string? value)
    {
        if (value is not null)
            body[name] = value;
    }

    /// <summary>Counts business days on the first calendar of the request; one without a rule here counts as always open.</summary>
    private static string? Date(SampleRequest request, SampleBusinessDay? day, DateTimeOffset now)
    {
        if (day is null)
            return null;
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var code = CalendarRules.Codes.Contains(request.Calendars[0]) ? request.Calendars[0] : CalendarRules.AlwaysOpen;
        var calendar = CalendarRules.Generate(code, today.Year - 2, today.Year + 2);
        return calendar.AddBusinessDays(today, day.BusinessDays).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }
}

/// <summary>Makes the names of a file unique for one run, so that samples can be run again on books that remember.</summary>
public sealed class SampleNames
{
    private const int SuffixLength = 8;
    private readonly string suffix = RandomNumberGenerator.GetString("ABCDEFGHJKMNPQRSTVWXYZ0123456789", SuffixLength);

    /// <summary>The account number, trade id or key that stands for a name of the file.</summary>
    public string Of(string id) => $"{id}-{suffix}";
}
