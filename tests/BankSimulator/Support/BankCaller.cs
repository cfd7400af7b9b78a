using System.Net.Http.Json;

namespace Settlement.BankSimulator.Tests;

/// <summary>Calls a bank over HTTP.</summary>
public sealed class BankCaller(HttpClient http)
{
    public HttpClient Http { get; } = http;

    /// <summary>A fresh, valid instruction.</summary>
    public static PaymentInstruction Instruction(string amount = "100.00", string creditor = "CREDITOR", string debtor = "DEBTOR", string currency = "USD") =>
        new(Guid.NewGuid().ToString("D"), "MSG-1", "E2E-1", amount, currency, debtor, creditor);

    public Task<HttpResponseMessage> SubmitRawAsync(PaymentInstruction instruction, CancellationToken cancellationToken = default) =>
        Http.PostAsJsonAsync("payments", instruction, BankJson.Options, cancellationToken);

    public async Task<PaymentReport> SubmitAsync(PaymentInstruction instruction)
    {
        using var response = await SubmitRawAsync(instruction);
        response.IsSuccessStatusCode.ShouldBeTrue($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync<PaymentReport>(BankJson.Options))!;
    }

    public async Task<PaymentReport> EnquireAsync(string uetr) =>
        (await Http.GetFromJsonAsync<PaymentReport>($"payments/{uetr}", BankJson.Options))!;

    public async Task<PaymentRecord> BookedAsync(string uetr) =>
        (await Http.GetFromJsonAsync<PaymentRecord>($"books/payments/{uetr}", BankJson.Options))!;

    public async Task<BooksSummary> BooksAsync() => (await Http.GetFromJsonAsync<BooksSummary>("books", BankJson.Options))!;

    public async Task<decimal> BalanceAsync(string account)
    {
        var page = (await Http.GetFromJsonAsync<Page<AccountReport>>("books/accounts?limit=1000", BankJson.Options))!;
        return decimal.Parse(page.Data.Single(row => row.Account == account).Balance, System.Globalization.CultureInfo.InvariantCulture);
    }

    public async Task<RecallReport> RecallAsync(string uetr, string recallId = "RCL-1")
    {
        using var response = await RecallRawAsync(uetr, recallId);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<RecallReport>(BankJson.Options))!;
    }

    public Task<HttpResponseMessage> RecallRawAsync(string uetr, string recallId = "RCL-1") =>
        Http.PostAsJsonAsync($"payments/{uetr}/recall", new RecallRequest(recallId, "CUST"), BankJson.Options);

    /// <summary>Scripts the payments to one creditor account.</summary>
    public Task ScriptAsync(string creditor, params BankBehaviour[] steps) => ScriptAsync(new ScriptMatch(CreditorAccount: creditor), steps);

    public async Task ScriptAsync(ScriptMatch match, params BankBehaviour[] steps)
    {
        using var response = await Http.PostAsJsonAsync("scripts", new BankScript(match, steps), BankJson.Options);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }

    public async Task OpenAccountAsync(AccountOpening opening)
    {
        using var response = await Http.PostAsJsonAsync("accounts", opening, BankJson.Options);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }
}
