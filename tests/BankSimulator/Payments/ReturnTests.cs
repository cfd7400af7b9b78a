using System.Net;
using System.Net.Http.Json;

namespace Settlement.BankSimulator.Tests.Payments;

public sealed class ReturnTests : IAsyncLifetime
{
    private readonly InProcessBank bank = InProcessBank.Create(("SettleInAnswer", "true"));
    private readonly PaymentInstruction paid = BankCaller.Instruction("100.00");
    private BankCaller caller = null!;

    public async ValueTask InitializeAsync()
    {
        caller = bank.Call();
        (await caller.SubmitAsync(paid)).Status.ShouldBe("ACSC");
    }

    public async ValueTask DisposeAsync() => await bank.DisposeAsync();

    [Fact]
    public async Task Return_Twice_MovesTheMoneyBackOnce()
    {
        var form = Form("40.00");

        (await SendAsync(form)).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(form)).ShouldBe(HttpStatusCode.OK);

        (await caller.BalanceAsync("DEBTOR")).ShouldBe(-60m);
        (await caller.BookedAsync(paid.Uetr)).ReturnedAmount.ShouldBe("40.00");
    }

    [Fact]
    public async Task Return_SameUetrOtherAmount_IsAConflict()
    {
        var form = Form("40.00");
        await SendAsync(form);

        (await SendAsync(form with { Amount = "41.00" })).ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Return_MoreThanWasPaid_IsRefused()
    {
        await SendAsync(Form("60.00"));

        (await SendAsync(Form("40.01"))).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SendAsync(Form("40.00"))).ShouldBe(HttpStatusCode.OK);
        (await caller.BalanceAsync("DEBTOR")).ShouldBe(0m);
    }

    [Fact]
    public async Task Return_OfAnUnknownPayment_IsNotFound() =>
        (await SendAsync(Form("1.00") with { OriginalUetr = Guid.NewGuid().ToString() })).ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Return_OfARejectedPayment_IsRefused()
    {
        await caller.ScriptAsync("REFUSED", new BankBehaviour { Outcome = ScriptedOutcome.Reject });
        var rejected = BankCaller.Instruction(creditor: "REFUSED");
        await caller.SubmitAsync(rejected);

        (await SendAsync(Form("1.00") with { OriginalUetr = rejected.Uetr })).ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    private ReturnRequest Form(string amount) => new(Guid.NewGuid().ToString(), paid.Uetr, amount, "USD", "FOCR");

    private async Task<HttpStatusCode> SendAsync(ReturnRequest form)
    {
        using var response = await caller.Http.PostAsJsonAsync("returns", form, BankJson.Options);
        return response.StatusCode;
    }
}
