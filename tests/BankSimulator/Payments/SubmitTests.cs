using System.Net;
using System.Net.Http.Json;

namespace Settlement.BankSimulator.Tests.Payments;

public sealed class SubmitTests : IAsyncLifetime
{
    private readonly InProcessBank bank = InProcessBank.Create();
    private BankCaller caller = null!;

    public ValueTask InitializeAsync()
    {
        caller = bank.Call();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await bank.DisposeAsync();

    [Fact]
    public async Task Submit_Unscripted_IsAcceptedAndExecutedOnce()
    {
        var instruction = BankCaller.Instruction("12.5");

        var answer = await caller.SubmitAsync(instruction);

        answer.Status.ShouldBe("ACSP");
        var booked = await caller.BookedAsync(instruction.Uetr);
        booked.Status.ShouldBe("ACSC");
        booked.Executions.ShouldBe(1);
        booked.Amount.ShouldBe("12.50");
        (await caller.BalanceAsync("DEBTOR")).ShouldBe(-12.5m);
        (await caller.BalanceAsync("CREDITOR")).ShouldBe(12.5m);
    }

    [Fact]
    public async Task Submit_SameBodyAgain_GetsTheSameAnswerAndExecutesNothing()
    {
        var instruction = BankCaller.Instruction();
        var first = await caller.SubmitAsync(instruction);

        var second = await caller.SubmitAsync(instruction);

        second.ShouldBe(first);
        (await caller.BookedAsync(instruction.Uetr)).Executions.ShouldBe(1);
    }

    [Fact]
    public async Task Submit_SameBodyConcurrently_ExecutesOnce()
    {
        var instruction = BankCaller.Instruction();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => caller.SubmitAsync(instruction)));

        answers.Distinct().Count().ShouldBe(1);
        (await caller.BookedAsync(instruction.Uetr)).Executions.ShouldBe(1);
        (await caller.BooksAsync()).Payments.ShouldBe(1);
    }

    [Theory]
    [InlineData("amount")]
    [InlineData("creditor")]
    [InlineData("message")]
    public async Task Submit_OtherBodyUnderTheSameUetr_IsAConflictAndChangesNothing(string changed)
    {
        var instruction = BankCaller.Instruction();
        await caller.SubmitAsync(instruction);
        var other = changed switch
        {
            "amount" => instruction with { Amount = "100.01" },
            "creditor" => instruction with { CreditorAccount = "SOMEBODY-ELSE" },
            _ => instruction with { MessageId = "MSG-2" },
        };

        using var response = await caller.SubmitRawAsync(other);

        response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await caller.BookedAsync(instruction.Uetr)).Amount.ShouldBe("100.00");
        (await caller.BooksAsync()).Executed.ShouldBe(1);
    }

    [Theory]
    [InlineData("0", "USD")]
    [InlineData("-1.00", "USD")]
    [InlineData("1.001", "USD")]
    [InlineData("1.5", "JPY")]
    [InlineData("1.0001", "BHD")]
    [InlineData("1e5", "USD")]
    [InlineData("1,000.00", "USD")]
    [InlineData(" 1.00", "USD")]
    [InlineData("1.00\n", "USD")]
    [InlineData("9999999999999999", "USD")]
    [InlineData("", "USD")]
    [InlineData("1.00", "usd")]
    [InlineData("1.00", "DOLLAR")]
    public async Task Submit_WrongAmount_IsRefusedAndLeavesNoTrace(string amount, string currency)
    {
        using var response = await caller.SubmitRawAsync(BankCaller.Instruction(amount, currency: currency));

        await ShouldBeRefusedWithoutTraceAsync(response);
    }

    [Theory]
    [InlineData("not-a-uuid")]
    [InlineData("A3BB189E-8BF9-4888-9912-ACE4E6543002")]
    [InlineData("a3bb189e-8bf9-1888-9912-ace4e6543002")]
    [InlineData("a3bb189e-8bf9-4888-c912-ace4e6543002")]
    public async Task Submit_WrongUetr_IsRefusedAndLeavesNoTrace(string uetr)
    {
        using var response = await caller.SubmitRawAsync(BankCaller.Instruction() with { Uetr = uetr });

        await ShouldBeRefusedWithoutTraceAsync(response);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"uetr\":null}")]
    [InlineData("{\"uetr\":\"a3bb189e-8bf9-4888-9912-ace4e6543002\"}")]
    public async Task Submit_WrongJson_IsRefusedAndLeavesNoTrace(string json)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await caller.Http.PostAsync("payments", content);

        await ShouldBeRefusedWithoutTraceAsync(response);
    }

    [Fact]
    public async Task Submit_UnknownMember_IsRefused()
    {
        using var response = await caller.Http.PostAsJsonAsync("payments", new { uetr = Guid.NewGuid().ToString(), surprise = 1 });

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain("$.surprise");
    }

    [Fact]
    public async Task Submit_DebtorWouldFallBelowItsFloor_IsRejectedWithAm04()
    {
        await caller.OpenAccountAsync(new AccountOpening("POOR", "USD", "100.00", "0"));
        var covered = BankCaller.Instruction("100.00", debtor: "POOR");
        var uncovered = BankCaller.Instruction("0.01", debtor: "POOR");

        await caller.SubmitAsync(covered);
        await caller.SubmitAsync(uncovered);

        (await caller.EnquireAsync(covered.Uetr)).Status.ShouldBe("ACSC");
        var report = await caller.EnquireAsync(uncovered.Uetr);
        (report.Status, report.ReasonCode).ShouldBe(("RJCT", "AM04"));
        (await caller.BalanceAsync("POOR")).ShouldBe(0m);
    }

    [Fact]
    public async Task Submit_ToAClosedAccount_IsRejectedWithAc04()
    {
        await caller.OpenAccountAsync(new AccountOpening("GONE", "USD", Closed: true));
        var instruction = BankCaller.Instruction(creditor: "GONE");

        await caller.SubmitAsync(instruction);

        (await caller.EnquireAsync(instruction.Uetr)).ReasonCode.ShouldBe("AC04");
        (await caller.BookedAsync(instruction.Uetr)).Executions.ShouldBe(0);
    }

    [Fact]
    public async Task Submit_BooksAreFull_IsRefusedButRepeatsAreStillAnswered()
    {
        await using var small = new InProcessBank(("MaxPayments", "1"));
        var client = small.Call();
        var known = BankCaller.Instruction();
        var first = await client.SubmitAsync(known);

        using var refused = await client.SubmitRawAsync(BankCaller.Instruction());

        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await client.SubmitAsync(known)).ShouldBe(first);
    }

    [Fact]
    public async Task Enquire_UnknownUetr_IsNotFound()
    {
        using var response = await caller.Http.GetAsync($"payments/{Guid.NewGuid()}");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).ShouldContain("urn:settlement:bank:unknown-payment");
    }

    private async Task ShouldBeRefusedWithoutTraceAsync(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await caller.BooksAsync()).JournalRecords.ShouldBe(0);
    }
}
