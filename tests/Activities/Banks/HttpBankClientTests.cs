using Settlement.Activities.Banks;
using Settlement.Domain;

namespace Settlement.Activities.Tests.Banks;

/// <summary>The client and the bank simulator, two environments that share no code, understand each other.</summary>
public sealed class HttpBankClientTests : IClassFixture<BankOnAPort>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string creditor = $"C-{Guid.NewGuid():N}"[..20];
    private readonly BankInstruction instruction;
    private readonly BankOnAPort bank;
    private readonly BankClients banks;

    public HttpBankClientTests(BankOnAPort bank)
    {
        this.bank = bank;
        banks = new BankClients(bank.Address.ToString());
        instruction = BankClients.Instruction("12.34", creditor);
    }

    public void Dispose() => banks.Dispose();

    [Fact]
    public async Task Submit_Unscripted_IsAcceptedAndThenFoundSettled()
    {
        (await banks.Client.SubmitAsync(instruction, Patience)).ShouldBeOfType<BankAnswer.Accepted>();

        (await banks.Client.EnquireAsync(instruction.Uetr, Currency.Usd, Patience))
            .ShouldBeOfType<BankAnswer.Settled>().Booked.ShouldBe(instruction.Amount);
    }

    [Fact]
    public async Task Submit_Repeated_GetsTheSameAnswer()
    {
        var first = await banks.Client.SubmitAsync(instruction, Patience);

        (await banks.Client.SubmitAsync(instruction, Patience)).ShouldBe(first);
    }

    [Fact]
    public async Task Submit_SettledInTheAnswer_IsSettled()
    {
        await ScriptAsync("{}");

        (await banks.Client.SubmitAsync(instruction, Patience)).ShouldBeOfType<BankAnswer.Settled>().Booked.ShouldBe(instruction.Amount);
    }

    [Fact]
    public async Task Submit_Rejected_CarriesTheReason()
    {
        await ScriptAsync("""{"outcome":"reject","reason_code":"AC06"}""");

        (await banks.Client.SubmitAsync(instruction, Patience)).ShouldBeOfType<BankAnswer.Rejected>().ReasonCode.ShouldBe("AC06");
        (await banks.Client.EnquireAsync(instruction.Uetr, Currency.Usd, Patience)).ShouldBeOfType<BankAnswer.Rejected>();
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("disconnect")]
    [InlineData("error")]
    [InlineData("garbage")]
    [InlineData("oversized")]
    public async Task Submit_TheAnswerIsLost_IsUnknownAndTheEnquiryFindsItSettled(string answer)
    {
        await ScriptAsync($$"""{"answer":"{{answer}}"}""");

        (await banks.Client.SubmitAsync(instruction, TimeSpan.FromMilliseconds(700))).ShouldBeOfType<BankAnswer.Unknown>();

        (await banks.Client.EnquireAsync(instruction.Uetr, Currency.Usd, Patience)).ShouldBeOfType<BankAnswer.Settled>();
    }

    [Fact]
    public async Task Submit_OtherValuesUnderTheSameUetr_IsUnknown()
    {
        await banks.Client.SubmitAsync(instruction, Patience);

        (await banks.Client.SubmitAsync(instruction with { MessageId = "MSG-2" }, Patience)).ShouldBeOfType<BankAnswer.Unknown>();
    }

    [Fact]
    public async Task Enquire_NeverSent_IsNotFound() =>
        (await banks.Client.EnquireAsync(Uetr.New(), Currency.Usd, Patience)).ShouldBeOfType<BankAnswer.NotFound>();

    [Fact]
    public async Task Recall_Held_IsRecalledAndThenFoundCancelled()
    {
        await ScriptAsync("""{"outcome":"hold"}""");
        await banks.Client.SubmitAsync(instruction, Patience);

        (await banks.Client.RecallAsync(instruction.Uetr, "R1", "CUST", Patience)).ShouldBeOfType<RecallAnswer.Recalled>();

        (await banks.Client.EnquireAsync(instruction.Uetr, Currency.Usd, Patience))
            .ShouldBeOfType<BankAnswer.Rejected>().ReasonCode.ShouldBe(BankAnswer.CancelledReason);
    }

    [Fact]
    public async Task Recall_Executed_IsRefusedAsTooLate()
    {
        await banks.Client.SubmitAsync(instruction, Patience);

        (await banks.Client.RecallAsync(instruction.Uetr, "R1", "CUST", Patience)).ShouldBeOfType<RecallAnswer.Refused>().ReasonCode.ShouldBe("ARDT");
    }

    [Theory]
    [InlineData("pending", typeof(RecallAnswer.Pending))]
    [InlineData("unavailable", typeof(RecallAnswer.Unknown))]
    public async Task Recall_Undecided_SaysSo(string recall, Type expected)
    {
        await ScriptAsync($$"""{"outcome":"hold","recall":"{{recall}}"}""");
        await banks.Client.SubmitAsync(instruction, Patience);

        (await banks.Client.RecallAsync(instruction.Uetr, "R1", "CUST", Patience)).ShouldBeOfType(expected);
    }

    [Fact]
    public async Task Directory_UnknownBank_IsNotFoundAndCaseDoesNotMatter()
    {
        banks.Directory.TryGet("nobody", out _).ShouldBeFalse();
        banks.Directory.TryGet("SIMBANK", out var client).ShouldBeTrue();
        (await client!.SubmitAsync(instruction, Patience)).ShouldBeOfType<BankAnswer.Accepted>();
    }

    private Task ScriptAsync(string step) => bank.ScriptAsync(creditor, step);
}
