using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Settlement.AppHost.Books;
using Settlement.Domain;

namespace Settlement.Drills.Environments;

/// <summary>The bank simulator as its own staff use it: scripts, books, back office.</summary>
internal sealed class BankCaller(Uri bank) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = bank, Timeout = TimeSpan.FromSeconds(15) };

    public Uri Address => bank;

    /// <summary>Sets what happens to payments to this creditor account, step by step.</summary>
    public Task ScriptAsync(string creditorAccount, JsonNode steps, CancellationToken cancellationToken) =>
        PostAsync("scripts", new JsonObject { ["match"] = new JsonObject { ["creditor_account"] = creditorAccount }, ["steps"] = steps }, cancellationToken);

    /// <summary>Sets what happens to all payments that nothing more special matches.</summary>
    public Task ScriptAllAsync(JsonNode steps, CancellationToken cancellationToken) =>
        PostAsync("scripts", new JsonObject { ["match"] = new JsonObject(), ["steps"] = steps }, cancellationToken);

    /// <summary>The bank's back office decides a payment that it holds.</summary>
    public Task DecideAsync(string uetr, string outcome, CancellationToken cancellationToken) =>
        PostAsync($"payments/{uetr}/decide", new JsonObject { ["outcome"] = outcome }, cancellationToken);

    /// <summary>The payment as the bank's books have it, whatever an enquiry would be told; null: the bank has never had it.</summary>
    public async Task<BankPaymentView?> FindAsync(string creditorAccount, string uetr, CancellationToken cancellationToken) =>
        (await PaymentsAsync(creditorAccount, cancellationToken)).FirstOrDefault(payment => payment.Uetr == uetr).View;

    /// <summary>All payments to an account, in the order of receipt.</summary>
    public async Task<IReadOnlyList<(string Uetr, BankPaymentView View)>> PaymentsAsync(string creditorAccount, CancellationToken cancellationToken) =>
        await BankBooks.PaymentsAsync(http, creditorAccount, cancellationToken)
            .Select(row => (row.GetProperty("uetr").GetString()!, new BankPaymentView(row.GetProperty("status").GetString()!, row.GetProperty("executions").GetInt32()))).ToListAsync(cancellationToken);

    /// <summary>How many pushed messages still wait for their receiver.</summary>
    public async Task<long> MessagesPendingAsync(CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<JsonElement>("books", cancellationToken)).GetProperty("messages_pending").GetInt64();

    /// <inheritdoc />
    public void Dispose() => http.Dispose();

    private async Task PostAsync(string path, JsonNode body, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(path, body, cancellationToken);
        if (!response.IsSuccessStatusCode && response.StatusCode != HttpStatusCode.NotFound)
            throw new HttpRequestException($"The bank refused {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }
}

/// <summary>A payment in the bank's own books.</summary>
/// <param name="Status">ISO 20022: ACSP, ACSC, RJCT, CANC.</param>
/// <param name="Executions">How often money moved.</param>
internal sealed record BankPaymentView(string Status, int Executions);

/// <summary>Brings the API a message of the bank that the drill wants to come now, signed as the bank signs it.</summary>
internal static class BankCourier
{
    /// <summary>The bank says (pacs.002, ACSC) that it has executed this payment.</summary>
    /// <returns>The API's HTTP status.</returns>
    public static async Task<int> ConfirmAsync(PrivateEnvironment environment, string uetr, string reference, string amount, string currency, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["message_id"] = "LATE-" + uetr[..8],
            ["message_type"] = "pacs.002",
            ["uetr"] = uetr,
            ["end_to_end_id"] = reference,
            ["status"] = "ACSC",
            ["booked_amount"] = amount,
            ["currency"] = currency,
            ["occurred_at"] = DateTimeOffset.UtcNow.ToString("O"),
            ["bank"] = PrivateEnvironment.BankName,
        }.ToJsonString());
        using var http = new HttpClient { BaseAddress = environment.Api.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/banks/{PrivateEnvironment.BankName}/messages") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(BankMessageSignature.HeaderName, BankMessageSignature.Sign(body, environment.Environment.Secrets.BankMessageSecret, DateTimeOffset.UtcNow));
        using var response = await http.SendAsync(request, cancellationToken);
        return (int)response.StatusCode;
    }
}
