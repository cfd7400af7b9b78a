using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Settlement.AppHost.Books;

namespace Settlement.AppHost.Samples;

/// <summary>The bank simulator, as a sample sets its scene and reads its books.</summary>
internal sealed class SampleBankDesk(HttpClient http)
{
    public async Task OpenAccountAsync(string account, SampleBankAccount opening, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["account"] = account,
            ["currency"] = opening.Currency,
            ["opening_balance"] = opening.OpeningBalance,
            ["closed"] = opening.Closed,
        };
        await PostAsync("accounts", body, cancellationToken);
    }

    /// <summary>Sets the script for payments to this creditor account.</summary>
    public Task ScriptAsync(string creditorAccount, SampleBank script, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["match"] = new JsonObject { ["creditor_account"] = creditorAccount },
            ["steps"] = JsonNode.Parse(script.Steps.GetRawText()),
        };
        return PostAsync("scripts", body, cancellationToken);
    }

    /// <summary>Lets the bank's back office decide the newest payment to this account.</summary>
    public async Task DecideAsync(string creditorAccount, string decision, string? reasonCode, CancellationToken cancellationToken)
    {
        var payments = await PaymentsAsync(creditorAccount, cancellationToken);
        if (payments.Count == 0)
            throw new InvalidOperationException("The bank has no payment to decide.");
        var body = new JsonObject { ["outcome"] = decision };
        if (reasonCode is not null)
            body["reason_code"] = reasonCode;
        await PostAsync($"payments/{payments[^1].Uetr}/decide", body, cancellationToken);
    }

    /// <summary>Payments to this account in the bank's books, in the order of receipt.</summary>
    public async Task<IReadOnlyList<(string Uetr, int Executions)>> PaymentsAsync(string creditorAccount, CancellationToken cancellationToken) =>
        await BankBooks.PaymentsAsync(http, creditorAccount, cancellationToken)
            .Select(payment => (payment.GetProperty("uetr").GetString()!, payment.GetProperty("executions").GetInt32())).ToListAsync(cancellationToken);

    private async Task PostAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(path, body, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException(
                $"The bank refused {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
