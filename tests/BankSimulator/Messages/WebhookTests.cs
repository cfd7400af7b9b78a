using System.Security.Cryptography;
using System.Text;

namespace Settlement.BankSimulator.Tests.Messages;

public sealed class WebhookTests : IAsyncLifetime
{
    private const string Secret = "a shared secret of the tests";
    private const string Creditor = "SCRIPTED";
    private readonly PaymentInstruction instruction = BankCaller.Instruction(creditor: Creditor);
    private WebhookReceiver receiver = null!;

    public async ValueTask InitializeAsync() => receiver = await WebhookReceiver.StartAsync();

    public async ValueTask DisposeAsync() => await receiver.DisposeAsync();

    [Fact]
    public async Task Confirmation_OfAnAcceptedPayment_IsPushedSignedOverItsBytes()
    {
        await using var bank = Bank();
        await bank.Call().SubmitAsync(instruction);

        var (message, signature, body) = (await ReceiveAsync(1)).Single();

        (message.MessageType, message.Uetr, message.EndToEndId, message.Status, message.BookedAmount, message.Currency)
            .ShouldBe(("pacs.002", instruction.Uetr, "E2E-1", "ACSC", "100.00", "USD"));
        var parts = signature.Split(',');
        var seconds = parts[0]["t=".Length..];
        Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - long.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)).ShouldBeLessThan(60);
        byte[] signed = [.. Encoding.ASCII.GetBytes(seconds + "."), .. body];
        parts[1].ShouldBe("v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed)));
    }

    [Fact]
    public async Task Confirmation_ReceiverRefuses_IsPushedAgainUntilTaken()
    {
        await using var bank = Bank();
        receiver.RefuseNext = 3;
        var caller = bank.Call();

        await caller.SubmitAsync(instruction);
        await ReceiveAsync(1);

        receiver.Refused.ShouldBe(3);
        await Eventually.AsyncValue(caller.BooksAsync, books => books.MessagesPending == 0, "an empty outbox");
        receiver.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Confirmation_TooManyRefusals_IsParkedAndTriedAgainAfterARestart()
    {
        using var folder = new TemporaryFolder();
        receiver.RefuseNext = 2;
        await using (var bank = Bank(folder, ("WebhookMaxAttempts", "2")))
        {
            var caller = bank.Call();
            await caller.SubmitAsync(instruction);
            await Eventually.AsyncValue(caller.BooksAsync, books => books.MessagesParked == 1, "a parked message");
        }

        receiver.Received.ShouldBeEmpty();
        await using var again = Bank(folder, ("WebhookMaxAttempts", "2"));
        again.Call();
        (await ReceiveAsync(1)).Single().Message.Uetr.ShouldBe(instruction.Uetr);
    }

    [Fact]
    public async Task Confirmation_DuplicatedAndReversed_ComesAsScripted()
    {
        await using var bank = Bank();
        var caller = bank.Call();
        var confirmation = new ConfirmationScript { Copies = 2, CopyGapMs = 150, Acceptance = true, Reversed = true };
        await caller.ScriptAsync(Creditor, new BankBehaviour { DecideAfterMs = 0, Confirmation = confirmation });

        await caller.SubmitAsync(instruction);
        var messages = (await ReceiveAsync(3)).Select(push => push.Message).ToArray();

        messages.Select(message => message.Status).ShouldBe(["ACSC", "ACSC", "ACSP"]);
        messages[0].MessageId.ShouldBe(messages[1].MessageId, "a duplicate is the same message");
    }

    [Fact]
    public async Task Confirmation_WithBooking_SendsACamt054BesidesThePacs002()
    {
        await using var bank = Bank();
        var caller = bank.Call();
        await caller.ScriptAsync(Creditor, new BankBehaviour { DecideAfterMs = 0, Confirmation = new ConfirmationScript { Booking = true } });

        await caller.SubmitAsync(instruction);

        (await ReceiveAsync(2)).Select(push => push.Message.MessageType).Order().ShouldBe(["camt.054", "pacs.002"]);
    }

    [Fact]
    public async Task Confirmation_OfARejectionByMessage_CarriesTheReasonAndNoAmount()
    {
        await using var bank = Bank();
        var caller = bank.Call();
        await caller.ScriptAsync(Creditor, new BankBehaviour { Outcome = ScriptedOutcome.Reject, ReasonCode = "AC06", DecideAfterMs = 20 });

        (await caller.SubmitAsync(instruction)).Status.ShouldBe("ACSP");
        var message = (await ReceiveAsync(1)).Single().Message;

        (message.Status, message.ReasonCode, message.BookedAmount).ShouldBe(("RJCT", "AC06", null));
    }

    [Fact]
    public async Task Confirmation_DecidedInTheAnswer_IsNotPushedUnlessScripted()
    {
        await using var bank = Bank();
        var caller = bank.Call();
        await caller.ScriptAsync("QUIET", new BankBehaviour());
        await caller.SubmitAsync(BankCaller.Instruction(creditor: "QUIET"));

        // The next one's push comes after anything that the first could have sent.
        await caller.SubmitAsync(instruction);

        (await ReceiveAsync(1)).Single().Message.Uetr.ShouldBe(instruction.Uetr);
        (await caller.BooksAsync()).MessagesPending.ShouldBe(0);
    }

    private InProcessBank Bank(TemporaryFolder? folder = null, params (string, string)[] settings) =>
        new(folder, [("WebhookUrl", receiver.Address.ToString()), ("WebhookSecret", Secret), ("WebhookRetryMs", "20"), .. settings]);

    private async Task<List<(BankMessage Message, string Signature, byte[] Body)>> ReceiveAsync(int count)
    {
        await Eventually.Holds(() => receiver.Received.Count >= count, $"{count} pushes");
        return [.. receiver.Received];
    }
}
