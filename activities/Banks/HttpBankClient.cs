using System.Net;
using System.Text.Json;
using Settlement.Domain;

namespace Settlement.Activities.Banks;

/// <summary>A bank behind HTTP and JSON: the interface of the bank simulator, described in its openapi.json.</summary>
public sealed class HttpBankClient(string bank, BankConnectionOptions options, IHttpClientFactory clients, TimeProvider clock) : IBankClient
{
    /// <summary>Reason for a form that the bank cannot read (ISO 20022 FF01, invalid file format).</summary>
    private const string UnreadableReason = "FF01";

    /// <summary>Name under which the bank's HTTP client is registered.</summary>
    public static string ClientName(string bank) => "bank:" + bank.ToUpperInvariant();

    public async Task<BankAnswer> SubmitAsync(BankInstruction instruction, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(instruction);
        var payment = new BankWire.Payment(
            instruction.Uetr.ToString(), instruction.MessageId, instruction.EndToEndId, instruction.Amount.ToDecimalString(),
            instruction.Amount.Currency.Code, instruction.DebtorAccount, instruction.CreditorAccount, instruction.ValueDate);
        var reply = await SendAsync(HttpMethod.Post, "payments", payment, timeout, cancellationToken).ConfigureAwait(false);
        return reply switch
        {
            { Fault: { } fault, MayHaveArrived: false } => new BankAnswer.NotSent(fault),
            { Fault: { } fault } => new BankAnswer.Unknown(fault),
            { Status: HttpStatusCode.OK or HttpStatusCode.Accepted } => ReadReport(reply.Body, instruction.Uetr, instruction.Amount.Currency),
            // The bank has this UETR with other values: ours was not taken, but something was.
            { Status: HttpStatusCode.Conflict } => new BankAnswer.Unknown("The bank has another instruction under this UETR."),
            { Status: HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity } =>
                new BankAnswer.Rejected(UnreadableReason, clock.GetUtcNow()),
            { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.TooManyRequests } =>
                new BankAnswer.NotSent($"The bank's door answered {(int)reply.Status!}."),
            _ => new BankAnswer.Unknown($"The bank answered {(int)reply.Status!}."),
        };
    }

    public async Task<BankAnswer> EnquireAsync(Uetr uetr, Currency currency, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(currency);
        var reply = await SendAsync(HttpMethod.Get, $"payments/{uetr}", null, timeout, cancellationToken).ConfigureAwait(false);
        return reply switch
        {
            { Fault: { } fault } => new BankAnswer.Unknown(fault),
            { Status: HttpStatusCode.OK } => ReadReport(reply.Body, uetr, currency),
            // Only the bank's own words count: any server on the way can say 404.
            { Status: HttpStatusCode.NotFound } when IsUnknownPayment(reply.Body) => new BankAnswer.NotFound(),
            _ => new BankAnswer.Unknown($"The bank answered {(int)reply.Status!}."),
        };
    }

    public async Task<RecallAnswer> RecallAsync(
        Uetr uetr, string recallId, string reasonCode, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var recall = new BankWire.Recall(recallId, reasonCode);
        var reply = await SendAsync(HttpMethod.Post, $"payments/{uetr}/recall", recall, timeout, cancellationToken).ConfigureAwait(false);
        return reply switch
        {
            { Fault: { } fault } => new RecallAnswer.Unknown(fault),
            { Status: HttpStatusCode.OK } => ReadRecall(reply.Body, uetr, recallId),
            { Status: HttpStatusCode.NotFound } when IsUnknownPayment(reply.Body) => new RecallAnswer.NotFound(),
            _ => new RecallAnswer.Unknown($"The bank answered {(int)reply.Status!}."),
        };
    }

    private async Task<BankReply> SendAsync(HttpMethod method, string path, object? body, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var content = body is null ? null : new OnceSentContent(JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), BankWire.Json));
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var longest = TimeSpan.FromSeconds(options.TimeoutSeconds);
        limit.CancelAfter(timeout < longest ? timeout : longest);
        try
        {
            using var client = clients.CreateClient(ClientName(bank));
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            var bytes = await ReadBoundedAsync(response.Content, limit.Token).ConfigureAwait(false);
            return bytes is null
                ? NoAnswer($"The bank's answer exceeds {options.MaxResponseBytes} bytes.")
                : new BankReply(response.StatusCode, bytes, null, MayHaveArrived: true);
        }
        catch (OperationCanceledException)
        {
            return NoAnswer(cancellationToken.IsCancellationRequested ? "The call to the bank was cancelled." : "The bank did not answer in time.");
        }
        catch (HttpRequestException error)
        {
            // The error's kind and not its message, which may name hosts and ports.
            return NoAnswer($"The connection to the bank failed ({error.HttpRequestError}).");
        }
        catch (IOException)
        {
            return NoAnswer("The connection to the bank was lost.");
        }

        BankReply NoAnswer(string fault) => new(null, default, fault, content?.Sent ?? true);
    }

    /// <summary>Reads the whole body, or null if it is longer than allowed; the connection is then dropped with the response.</summary>
    private async Task<byte[]?> ReadBoundedAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > options.MaxResponseBytes)
            return null;
        var buffer = new byte[options.MaxResponseBytes + 1];
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return length > options.MaxResponseBytes ? null : buffer[..length];
        }
    }

    private static BankAnswer ReadReport(ReadOnlyMemory<byte> body, Uetr uetr, Currency currency)
    {
        var report = Read<BankWire.Report>(body);
        if (report is null || report.Uetr != uetr.ToString())
            return new BankAnswer.Unknown("The bank's answer cannot be read, or speaks of another payment.");
        return report.Status switch
        {
            "ACTC" or "ACCP" or "ACSP" or "PDNG" => new BankAnswer.Accepted(report.AsOf),
            "ACSC" or "ACCC" when report.Currency == currency.Code && Money.TryParse(report.BookedAmount, currency, out var booked, out _) =>
                new BankAnswer.Settled(booked, report.AsOf),
            "RJCT" => new BankAnswer.Rejected(report.ReasonCode is { Length: 4 } code ? code : "MS03", report.AsOf),
            "CANC" => new BankAnswer.Rejected(BankAnswer.CancelledReason, report.AsOf),
            _ => new BankAnswer.Unknown("The bank's answer has no status, amount or currency that we understand."),
        };
    }

    private static RecallAnswer ReadRecall(ReadOnlyMemory<byte> body, Uetr uetr, string recallId)
    {
        var report = Read<BankWire.RecallReport>(body);
        if (report is null || report.Uetr != uetr.ToString() || report.RecallId != recallId)
            return new RecallAnswer.Unknown("The bank's answer cannot be read, or speaks of another recall.");
        return report.Verdict switch
        {
            "CNCL" => new RecallAnswer.Recalled(report.AsOf),
            "RJCR" => new RecallAnswer.Refused(report.ReasonCode is { Length: 4 } code ? code : "NARR", report.AsOf),
            "PDCR" => new RecallAnswer.Pending(),
            _ => new RecallAnswer.Unknown("The bank's answer has no verdict that we understand."),
        };
    }

    private static bool IsUnknownPayment(ReadOnlyMemory<byte> body) =>
        Read<Problem>(body) is { Type: "urn:settlement:bank:unknown-payment" };

    private static T? Read<T>(ReadOnlyMemory<byte> body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body.Span, BankWire.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Problem(string? Type);
}
