using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Settlement.Drills.Environments;

/// <summary>The bank simulator as its own staff use it: scripts, books, back office.</summary>
internal sealed class BankCaller(Uri bank) : IDisposable
{
    private const int PageSize = 500;

    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) }) { BaseAddress = bank, Timeout = TimeSpan.FromSeconds(15) };

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
    public async Task<BankPaymentView?> FindAsync(string creditorAccount, string uetr, CancellationToken cancellationToken)
    {
        long? after = 0;
        while (after is { } from)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"books/payments?after={from}&limit={PageSize}&creditor_account={Uri.EscapeDataString(creditorAccount)}");
            var page = await http.GetFromJsonAsync<JsonElement>(path, cancellationToken);
            foreach (var row in page.GetProperty("data").EnumerateArray())
            {
                if (row.GetProperty("uetr").GetString() == uetr)
                    return new BankPaymentView(row.GetProperty("status").GetString()!, row.GetProperty("executions").GetInt32());
            }

            after = page.TryGetProperty("next_after", out var next) && next.ValueKind == JsonValueKind.Number ? next.GetInt64() : null;
        }

        return null;
    }

    /// <summary>All payments to an account, in the order of receipt: UETR, status, executions.</summary>
    public async Task<IReadOnlyList<(string Uetr, BankPaymentView View)>> PaymentsAsync(string creditorAccount, CancellationToken cancellationToken)
    {
        var page = await http.GetFromJsonAsync<JsonElement>($"books/payments?limit={PageSize}&creditor_account={Uri.EscapeDataString(creditorAccount)}", cancellationToken);
        return [.. page.GetProperty("data").EnumerateArray().Select(row =>
            (row.GetProperty("uetr").GetString()!, new BankPaymentView(row.GetProperty("status").GetString()!, row.GetProperty("executions").GetInt32())))];
    }

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
