using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Settlement.Database.Proof;
using Settlement.Domain;

namespace Settlement.AppHost.Books;

/// <summary>Reads the bank simulator's own books over its interface: what the bank says it did, whatever it told us before.</summary>
public static class BankBooks
{
    private const int PageSize = 500;

    /// <summary>What the bank has done with every payment in its books.</summary>
    public static async Task<IReadOnlyCollection<BankPosition>> ReadAsync(Uri bank, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = bank, Timeout = TimeSpan.FromSeconds(30) };
        return await PaymentsAsync(http, null, cancellationToken).Select(Position).ToListAsync(cancellationToken);
    }

    /// <summary>Payments as the bank's books have them, whatever an enquiry would be told, in the order of receipt.</summary>
    /// <param name="bank">Speaks to the bank.</param>
    /// <param name="creditorAccount">Only payments to this account; null: all.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async IAsyncEnumerable<JsonElement> PaymentsAsync(HttpClient bank, string? creditorAccount, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bank);
        var filter = creditorAccount is null ? "" : "&creditor_account=" + Uri.EscapeDataString(creditorAccount);
        long? after = 0;
        while (after is { } from)
        {
            var page = await bank.GetFromJsonAsync<JsonElement>(string.Create(CultureInfo.InvariantCulture, $"/books/payments?after={from}&limit={PageSize}{filter}"), cancellationToken);
            foreach (var payment in page.GetProperty("data").EnumerateArray())
                yield return payment;
            after = page.TryGetProperty("next_after", out var next) && next.ValueKind == JsonValueKind.Number ? next.GetInt64() : null;
        }
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
