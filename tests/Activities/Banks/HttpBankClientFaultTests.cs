using System.Net;
using System.Net.Sockets;
using Settlement.Activities.Banks;
using Settlement.Domain;

namespace Settlement.Activities.Tests.Banks;

/// <summary>What the client makes of a bank or a network that misbehaves. The line between NotSent and Unknown is where money is lost or doubled.</summary>
public sealed class HttpBankClientFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Impatience = TimeSpan.FromMilliseconds(300);
    private readonly BankInstruction instruction = BankClients.Instruction();

    [Fact]
    public async Task Submit_NobodyListens_IsNotSent()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var banks = new BankClients($"http://127.0.0.1:{port}");

        (await banks.Client.SubmitAsync(instruction, Patience)).ShouldBeOfType<BankAnswer.NotSent>();
        (await banks.Client.EnquireAsync(instruction.Uetr, Currency.Usd, Patience)).ShouldBeOfType<BankAnswer.Unknown>();
        (await banks.Client.RecallAsync(instruction.Uetr, "R1", "CUST", Patience)).ShouldBeOfType<RecallAnswer.Unknown>();
    }

    [Fact]
    public async Task Submit_TheNameDoesNotResolve_IsNotSent()
    {
        using var banks = new BankClients("http://bank.invalid");

        (await banks.Client.SubmitAsync(instruction, Patience)).ShouldBeOfType<BankAnswer.NotSent>();
    }

    [Fact]
    public async Task Submit_CancelledBeforehand_IsNotSent()
    {
        using var banks = new BankClients("http://127.0.0.1:1");

        (await banks.Client.SubmitAsync(instruction, Patience, new CancellationToken(canceled: true))).ShouldBeOfType<BankAnswer.NotSent>();
    }

    [Fact]
    public async Task Submit_TheBankReadsAndHangsUp_IsUnknown() =>
        (await SubmitAsync((_, _, _) => Task.CompletedTask, Patience)).ShouldBeOfType<BankAnswer.Unknown>();

    [Fact]
    public async Task Submit_TheBankReadsAndSaysNothing_IsUnknownAfterTheTimeout() =>
        (await SubmitAsync((_, _, stop) => Task.Delay(Timeout.Infinite, stop), Impatience)).ShouldBeOfType<BankAnswer.Unknown>();

    [Fact]
    public async Task Submit_CancelledWhileTheBankThinks_IsUnknownAndDoesNotThrow()
    {
        using var cancel = new CancellationTokenSource();
        await using var bank = new StubBank(async (_, _, stop) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, stop);
        });
        using var banks = Clients(bank);

        (await banks.Client.SubmitAsync(instruction, Patience, cancel.Token)).ShouldBeOfType<BankAnswer.Unknown>();
    }

    [Fact]
    public async Task Submit_TheAnswerBreaksOffInTheMiddle_IsUnknown() =>
        (await SubmitAsync((_, stream, token) => StubBank.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"uetr\":", token), Patience))
            .ShouldBeOfType<BankAnswer.Unknown>();

    [Fact]
    public async Task Submit_TheAnswerDripsForEver_IsUnknownAfterTheTimeout() =>
        (await SubmitAsync(async (_, stream, token) =>
        {
            await StubBank.WriteAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", token);
            while (true)
            {
                await StubBank.WriteAsync(stream, "1\r\n \r\n", token);
                await Task.Delay(20, token);
            }
        }, Impatience)).ShouldBeOfType<BankAnswer.Unknown>();

    [Theory]
    [InlineData("no http at all")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n<p>")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnull")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/elsewhere\r\nContent-Length: 0\r\n\r\n")]
    public async Task Submit_AnAnswerThatCannotBeUnderstood_IsUnknown(string bytes) =>
        (await SubmitAsync((_, stream, token) => StubBank.WriteAsync(stream, bytes, token), Patience)).ShouldBeOfType<BankAnswer.Unknown>();

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(408)]
    [InlineData(409)]
    public async Task Submit_AStatusThatProvesNothing_IsUnknown(int status) =>
        (await SubmitAsync(StubBank.Says(status, "{}"), Patience)).ShouldBeOfType<BankAnswer.Unknown>();

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task Submit_RefusedAtTheDoor_IsNotSent(int status) =>
        (await SubmitAsync(StubBank.Says(status, "{}"), Patience)).ShouldBeOfType<BankAnswer.NotSent>();

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task Submit_RefusedForItsForm_IsRejectedAsUnreadable(int status) =>
        (await SubmitAsync(StubBank.Says(status, "{}"), Patience)).ShouldBeOfType<BankAnswer.Rejected>().ReasonCode.ShouldBe("FF01");

    [Fact]
    public async Task Submit_AnAnswerAboutAnotherPayment_IsUnknown() =>
        (await SubmitAsync(StubBank.Says(200, Report(Uetr.New(), "ACSC", "100.00", "USD")), Patience)).ShouldBeOfType<BankAnswer.Unknown>();

    [Theory]
    [InlineData("ACSC", "100.00", "EUR")]
    [InlineData("ACSC", null, "USD")]
    [InlineData("ACSC", "100.001", "USD")]
    [InlineData("ACSC", "lots", "USD")]
    [InlineData("DONE", "100.00", "USD")]
    public async Task Submit_AnAnswerWithAWrongFact_IsUnknown(string status, string? amount, string currency) =>
        (await SubmitAsync(StubBank.Says(200, Report(instruction.Uetr, status, amount, currency)), Patience)).ShouldBeOfType<BankAnswer.Unknown>();

    [Fact]
    public async Task Submit_AnotherAmountBooked_IsReportedAsBooked()
    {
        var answer = await SubmitAsync(StubBank.Says(200, Report(instruction.Uetr, "ACSC", "99.00", "USD")), Patience);

        answer.ShouldBeOfType<BankAnswer.Settled>().Booked.ShouldBe(Money.Parse("99.00", Currency.Usd));
    }

    [Fact]
    public async Task Enquire_NotFoundByASomebodyOnTheWay_IsUnknown()
    {
        await using var bank = new StubBank(StubBank.Says(404, "{\"type\":\"about:blank\"}"));
        using var banks = Clients(bank);

        (await banks.Client.EnquireAsync(instruction.Uetr, Currency.Usd, Patience)).ShouldBeOfType<BankAnswer.Unknown>();
        (await banks.Client.RecallAsync(instruction.Uetr, "R1", "CUST", Patience)).ShouldBeOfType<RecallAnswer.Unknown>();
    }

    [Fact]
    public async Task Enquire_NotFoundByTheBank_IsNotFound()
    {
        await using var bank = new StubBank(StubBank.Says(404, "{\"type\":\"urn:settlement:bank:unknown-payment\"}"));
        using var banks = Clients(bank);

        (await banks.Client.EnquireAsync(instruction.Uetr, Currency.Usd, Patience)).ShouldBeOfType<BankAnswer.NotFound>();
        (await banks.Client.RecallAsync(instruction.Uetr, "R1", "CUST", Patience)).ShouldBeOfType<RecallAnswer.NotFound>();
    }

    [Fact]
    public async Task Recall_AnAnswerToAnotherRecall_IsUnknown()
    {
        var other = $$"""{"uetr":"{{instruction.Uetr}}","recall_id":"R9","verdict":"CNCL","as_of":"2026-01-01T00:00:00Z"}""";
        await using var bank = new StubBank(StubBank.Says(200, other));
        using var banks = Clients(bank);

        (await banks.Client.RecallAsync(instruction.Uetr, "R1", "CUST", Patience)).ShouldBeOfType<RecallAnswer.Unknown>();
    }

    private async Task<BankAnswer> SubmitAsync(Func<string, Stream, CancellationToken, Task> answer, TimeSpan timeout)
    {
        await using var bank = new StubBank(answer);
        using var banks = Clients(bank);
        var result = await banks.Client.SubmitAsync(instruction, timeout);
        bank.Requests.Count.ShouldBe(1, "an instruction is never repeated by the client itself");
        return result;
    }

    private static BankClients Clients(StubBank bank) => new($"http://127.0.0.1:{bank.Port}");

    private static string Report(Uetr uetr, string status, string? amount, string currency)
    {
        var booked = amount is null ? "null" : $"\"{amount}\"";
        return $$"""{"uetr":"{{uetr}}","status":"{{status}}","booked_amount":{{booked}},"currency":"{{currency}}","as_of":"2026-01-01T00:00:00Z"}""";
    }
}
