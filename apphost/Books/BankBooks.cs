using System.Globalization;
using System.Text.Json;
using Settlement.Database.Proof;
using Settlement.Domain;

namespace Settlement.AppHost.Books;

/// <summary>Reads the bank simulator's own books over its interface: what the bank says it did, whatever it told us before.</summary>
public static class BankBooks
{
    private const int PageSize = 500;

    /// <summary>Every payment in the bank's books, page by page.</summary>
    public static async Task<IReadOnlyCollection<BankPosition>> ReadAsync(Uri bank, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = bank, Timeout = TimeSpan.FromSeconds(30) };
        var positions = new List<BankPosition>();
        long? after = 0;
        while (after is { } from)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/books/payments?after={from}&limit={PageSize}");
            using var page = JsonDocument.Parse(await http.GetStreamAsync(new Uri(path, UriKind.Relative), cancellationToken));
            positions.AddRange(page.RootElement.GetProperty("data").EnumerateArray().Select(Position));
            after = page.RootElement.TryGetProperty("next_after", out var next) && next.ValueKind == JsonValueKind.Number ? next.GetInt64() : null;
        }

        return positions;
    }

    private static BankPosition Position(JsonElement payment)
    {
        var currency = Currency.Of(Text(payment, "currency"));
        var amount = Money.Parse(Text(payment, "amount"), currency);
        var returned = Money.Parse(Text(payment, "returned_amount"), currency);
        return new BankPosition(Guid.Parse(Text(payment, "uetr")), payment.GetProperty("executions").GetInt32(), currency.Code, amount.AmountMinor, returned == amount);
    }

    private static string Text(JsonElement payment, string name) => payment.GetProperty(name).GetString() ?? throw new InvalidOperationException($"The bank's books have a payment without {name}.");
}
