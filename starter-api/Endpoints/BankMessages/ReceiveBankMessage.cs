using System.Text.Json;

namespace Settlement.StarterApi.Endpoints.BankMessages;

/// <summary>
/// POST /api/v1/banks/{bank}/messages: check the signature over the raw bytes, store, then signal the settlement. Once stored a
/// message is never lost: a repeat is absorbed, and one that no open settlement takes stays on record. A message that is stored but
/// could not be delivered for a technical reason is answered 503, so that the bank sends it again; the workflow absorbs repeats.
/// </summary>
public static class ReceiveBankMessage
{
    // Bank bodies may have members that we do not know; nothing else is relaxed.
    private static readonly JsonSerializerOptions Lenient = new(ApiJson.Options)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip,
    };

    public static async Task<Results<Ok<BankMessageReply>, ApiProblem>> HandleAsync(
        string bank,
        HttpContext context,
        BankMessageStore store,
        ISettlementWorkflows workflows,
        IOptions<BankOptions> banks,
        IOptions<ApiOptions> api,
        TimeProvider clock,
        ILogger<BankMessageBody> log)
    {
        var raw = await BoundedBody.ReadAsync(context.Request, api.Value.MaxBodyBytes, context.RequestAborted);
        var verdict = Verify(bank, context.Request, raw, banks.Value, clock.GetUtcNow());
        if (verdict != BankSignatureVerdict.Valid)
        {
            log.BankMessageRefused(LoginThrottle.Loggable(bank), verdict.ToString());
            return new ApiProblem(ProblemTypes.SignatureRefused);
        }

        var body = StrictJson.Parse<BankMessageBody>(raw, Lenient);
        var errors = new FieldErrors();
        if (BankMessageReader.Read(body, errors) is not { } message)
        {
            log.BankMessageRefused(bank, string.Join(", ", errors.All.Select(e => e.Place)));
            return new ApiProblem(ProblemTypes.ValidationFailed, errors: errors.All);
        }

        var receipt = await store.RecordAsync(Incoming(bank, body, message, raw, clock.GetUtcNow()), context.RequestAborted);
        return await DeliverAsync(bank, message, receipt, workflows, log);
    }

    private static BankSignatureVerdict Verify(string bank, HttpRequest request, byte[] raw, BankOptions banks, DateTimeOffset now) =>
        // An unknown bank and a wrong signature get the same answer: bank ids are not for guessing.
        banks.MessageSecrets.TryGetValue(bank, out var secret)
            ? BankMessageSignature.Verify(
                request.Headers[BankMessageSignature.HeaderName].ToString(), raw, secret, now, TimeSpan.FromSeconds(banks.SignatureToleranceSeconds))
            : BankSignatureVerdict.Wrong;

    private static IncomingBankMessage Incoming(string bank, BankMessageBody body, BankMessage message, byte[] raw, DateTimeOffset now) => new(
        bank,
        message.MessageId,
        Uetr.Parse(message.Uetr),
        body.MessageType!,
        body.Status ?? UpperSnake.Of(message.Status),
        message is { AmountMinor: { } amount, Currency: { } currency } ? new Money(amount, Currency.Of(currency)) : null,
        System.Text.Encoding.UTF8.GetString(raw),
        now);

    // A repeat is delivered again on purpose: the first delivery may be what had failed, and the workflow knows what it has seen.
    private static async Task<Results<Ok<BankMessageReply>, ApiProblem>> DeliverAsync(
        string bank, BankMessage message, BankMessageReceipt receipt, ISettlementWorkflows workflows, ILogger log)
    {
        if (receipt.Reference is null)
            return Reply(message, receipt.IsNew ? "stored" : "duplicate");
        try
        {
            var outcome = await workflows.DeliverAsync(receipt.Reference, message, CancellationToken.None);
            return Reply(message, !receipt.IsNew ? "duplicate" : outcome == DeliveryOutcome.Delivered ? "delivered" : "stored");
        }
        catch (Exception failure) when (failure is Temporalio.Exceptions.RpcException or OperationCanceledException or TimeoutException || TemporalOutage.Is(failure))
        {
            log.BankMessageNotDelivered(message.MessageId, bank, failure);
            return new ApiProblem(ProblemTypes.Unavailable, "The message is stored. Send it again later.", retryAfter: TimeSpan.FromSeconds(5));
        }
    }

    private static Ok<BankMessageReply> Reply(BankMessage message, string disposition) =>
        TypedResults.Ok(new BankMessageReply { MessageId = message.MessageId, Disposition = disposition });
}

/// <summary>What banks push to us. The signature is the caller's identity.</summary>
public static class BankEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/banks/{bank}/messages", ReceiveBankMessage.HandleAsync)
            .AllowAnonymous()
            .Accepts<BankMessageBody>("application/json")
            .WithName("bank-message").WithTags("banks")
            .WithSummary("A bank's signed message about a payment");
}

/// <summary>
/// A bank's message about one payment, in JSON with the words of ISO 20022 (pacs.002, camt.054, camt.029, pacs.004). Members that we
/// do not know are a bank's right and are kept with the stored payload.
/// </summary>
public sealed record BankMessageBody
{
    /// <summary>The bank's own id of the message; with the UETR it tells repeats.</summary>
    public string? MessageId { get; init; }

    /// <summary><c>pacs.002</c>, <c>camt.054</c>, <c>camt.029</c> or <c>pacs.004</c>.</summary>
    public string? MessageType { get; init; }

    /// <summary>The payment: UUIDv4 in lower case.</summary>
    public string? Uetr { get; init; }

    /// <summary>Status code of the message type, for example <c>ACSC</c> or <c>RJCT</c>.</summary>
    public string? Status { get; init; }

    /// <summary>ISO 20022 reason code, for example <c>AC04</c>.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>Decimal string in major units.</summary>
    public string? BookedAmount { get; init; }

    /// <summary>ISO 4217 code of the booked amount.</summary>
    public string? Currency { get; init; }

    /// <summary>When the bank says it happened, ISO 8601 with offset.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>The bank's reference of its booking.</summary>
    public string? BankReference { get; init; }
}

/// <summary>Answer to a bank's message: it is stored, and need not be sent again.</summary>
public sealed record BankMessageReply
{
    public required string MessageId { get; init; }

    /// <summary>
    /// <c>delivered</c>: handed to the settlement. <c>duplicate</c>: known already. <c>stored</c>: kept; no open settlement takes it now.
    /// </summary>
    public required string Disposition { get; init; }
}
