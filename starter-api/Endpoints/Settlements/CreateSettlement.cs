using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Settlement.Database.Api;

namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>
/// POST /settlements: check the shape, store key and PENDING row in one transaction, start the workflow, answer 202. After the commit
/// nothing can undo the acceptance: if Temporal cannot be reached, the worker's sweeper starts the workflow from the row.
/// </summary>
public static class CreateSettlement
{
    public static async Task<Results<StoredResponse, ApiProblem>> HandleAsync(
        JsonBody<CreateSettlementRequest> body,
        CurrentUser user,
        HttpContext context,
        SettlementAssembly assembly,
        ReferenceDataCache reference,
        SettlementIntake intake,
        ISettlementWorkflows workflows,
        IOptions<ApiOptions> options,
        IOptions<SettlementOptions> settlementOptions,
        ILogger<CreateSettlementRequest> log)
    {
        if (IdempotencyKey.Read(context.Request, required: true, out var key) is { } wrongKey)
            return wrongKey;
        if (user.EntityId is not { } entity)
            return new ApiProblem(ProblemTypes.Forbidden, "You belong to no entity, so you have no accounts to pay from.");
        var errors = new FieldErrors();
        var draft = SettlementShape.Read(body.Value, settlementOptions.Value, errors);
        if (draft is null)
            return new ApiProblem(ProblemTypes.ValidationFailed, errors: errors.All);

        var hash = RequestHash.Of(body.Value);
        var assembled = await assembly.AssembleAsync(draft, user, errors, context.RequestAborted);
        if (assembled is null)
        {
            // A repeat of what was accepted is answered as it was, even if it would be refused today.
            var known = await intake.FindAsync(entity, key!, hash, context.RequestAborted);
            return known is null ? new ApiProblem(ProblemTypes.ValidationFailed, errors: errors.All) : Answer(known);
        }

        if (await StoppedAsync(reference, assembled.Terms, context.RequestAborted) is { } stopped)
        {
            var known = await intake.FindAsync(entity, key!, hash, context.RequestAborted);
            return known is null ? new ApiProblem(ProblemTypes.SwitchedOff, stopped, retryAfter: TimeSpan.FromMinutes(1)) : Answer(known);
        }

        var wait = TimeSpan.FromMilliseconds(options.Value.IdempotencyWaitMilliseconds);
        var response = JsonSerializer.Serialize(assembled.Response, ApiJson.Options);
        try
        {
            var stored = await intake.StoreAsync(new IntakeRequest(key!, hash, assembled.Terms, response, wait), context.RequestAborted);
            if (stored.Outcome == IntakeOutcome.Created)
                await StartAsync(workflows, assembled, log);
            return Answer(stored);
        }
        catch (SettlementException refused)
        {
            return Refusal(refused);
        }
    }

    private static async Task<string?> StoppedAsync(ReferenceDataCache reference, NewSettlement terms, CancellationToken cancel) =>
        (await reference.GetAsync(cancel)).StoppedBecause(SwitchName.NewSettlements, terms.Amount.Currency, terms.BankId, terms.CreditorCountry) is { } reason
            ? $"No new settlements of this kind are taken: {reason}"
            : null;

    private static async Task StartAsync(ISettlementWorkflows workflows, AssembledSettlement settlement, ILogger log)
    {
        try
        {
            // The row is committed: the caller's hanging up must not leave the start to the sweeper.
            await workflows.StartAsync(settlement.WorkflowInput, CancellationToken.None);
        }
#pragma warning disable CA1031 // Accepted is accepted: whatever keeps Temporal from starting it now, the sweeper does it, and the log says so.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.StartDeferred(settlement.Terms.SettlementId, failure);
        }
    }

    private static Results<StoredResponse, ApiProblem> Answer(IntakeResult result) => result.Outcome switch
    {
        IntakeOutcome.Created => new StoredResponse(result.ResponseJson!, replayed: false),
        IntakeOutcome.Repeated => new StoredResponse(result.ResponseJson!, replayed: true),
        IntakeOutcome.OtherBody => new ApiProblem(ProblemTypes.IdempotencyConflict, "Use a new key for a new settlement."),
        _ => new ApiProblem(ProblemTypes.InProgress, retryAfter: TimeSpan.FromSeconds(1)),
    };

    private static ApiProblem Refusal(SettlementException refused) => refused.Failure switch
    {
        SettlementFailure.DuplicateReference => new ApiProblem(ProblemTypes.DuplicateTrade),
        SettlementFailure.UnknownAccount => new ApiProblem(
            ProblemTypes.ValidationFailed, errors: [new FieldError("/debtor_account_id", "is no account of your entity in this currency")]),
        _ => new ApiProblem(ProblemTypes.ValidationFailed, refused.Message),
    };
}

/// <summary>Body of POST /settlements. Immutable once accepted.</summary>
public sealed record CreateSettlementRequest
{
    /// <summary><c>cash</c> or <c>purchase</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The account of the own entity that pays.</summary>
    public required string DebtorAccountId { get; init; }

    /// <summary>Who is paid, and through which bank.</summary>
    public required CreditorParty Creditor { get; init; }

    /// <summary>Decimal string in major units, no more decimals than the currency has. For a purchase it may be left out, or must equal quantity × price.</summary>
    public string? Amount { get; init; }

    /// <summary>ISO 4217 code in capitals.</summary>
    public required string Currency { get; init; }

    /// <summary>The rail whose settlement window and cut-off apply; left out: the usual one of the currency.</summary>
    public string? Rail { get; init; }

    /// <summary>Business calendars that must be open beside the rail's own.</summary>
    public IReadOnlyList<string>? Calendars { get; init; }

    /// <summary>Day of the trade; left out: the business date of the request.</summary>
    public DateOnly? TradeDate { get; init; }

    /// <summary>Day on which it is to settle; left out: trade date (cash) or trade date + 3 business days (purchase).</summary>
    public DateOnly? ValueDate { get; init; }

    /// <summary>What the payment is for, passed on to the creditor; at most 140 characters.</summary>
    public string? Remittance { get; init; }

    /// <summary>Id of the trade that a purchase settles. One settlement per trade, for ever.</summary>
    public string? TradeId { get; init; }

    /// <summary>What is bought, for example an ISIN; for a purchase only.</summary>
    public string? Instrument { get; init; }

    /// <summary>Decimal string with at most 8 decimals; for a purchase only.</summary>
    public string? Quantity { get; init; }

    /// <summary>Decimal string per unit in major units with at most 8 decimals; for a purchase only.</summary>
    public string? Price { get; init; }

    /// <summary>Timeouts of this one settlement, within bounds; left out: as configured.</summary>
    public SettlementTimeouts? Timeouts { get; init; }
}

/// <summary>The receiving side. Stays in the database; Temporal gets none of it but the bank's name.</summary>
public sealed record CreditorParty
{
    /// <summary>Configured name of the bank that carries the payment.</summary>
    public required string Bank { get; init; }

    /// <summary>Account at that bank or behind it (IBAN or other), at most 34 characters.</summary>
    public required string Account { get; init; }

    /// <summary>Name of the account's holder.</summary>
    public required string Name { get; init; }

    /// <summary>BIC of the creditor's own bank (ISO 9362), 8 or 11 characters.</summary>
    public string? Bic { get; init; }

    /// <summary>Country of the creditor, ISO 3166-1 alpha-2 in capitals.</summary>
    public string? Country { get; init; }
}

/// <summary>Timeouts that a request may set, in seconds. Names and meaning are those of the workflow's recorded timings.</summary>
public sealed record SettlementTimeouts
{
    public double? ConfirmationTimeoutSeconds { get; init; }
    public double? BankCallTimeoutSeconds { get; init; }
    public double? FirstEnquirySeconds { get; init; }
    public double? MaxEnquiryIntervalSeconds { get; init; }
    public double? OutcomeDeadlineSeconds { get; init; }
    public int? RetryAttempts { get; init; }
    public double? RetryDelaySeconds { get; init; }
    public double? AwaitingRetrySeconds { get; init; }
    public double? ApprovalTimeoutSeconds { get; init; }
    public double? CompensationBackoffSeconds { get; init; }
    public double? MaxCompensationBackoffSeconds { get; init; }
}

/// <summary>Answer 202 of POST /settlements: stored, and on its way. The same key and body get exactly this again, for ever.</summary>
public sealed record SettlementAccepted
{
    public required Guid SettlementId { get; init; }

    /// <summary>The name people use; the workflow id is <c>settlement-{reference}</c>.</summary>
    public required string Reference { get; init; }

    /// <summary>Status at acceptance: <c>pending</c>.</summary>
    public required string Status { get; init; }

    public required DateOnly ExpectedSettlementDate { get; init; }
}

/// <summary>202 with the stored answer, byte for byte the same on every repeat but for the header that says so.</summary>
public sealed class StoredResponse(string json, bool replayed) : IResult, IEndpointMetadataProvider
{
    public const string ReplayedHeader = "Idempotency-Replayed";

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status202Accepted, typeof(SettlementAccepted), ["application/json"]));
    }

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var accepted = JsonSerializer.Deserialize<SettlementAccepted>(json, ApiJson.Options)!;
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status202Accepted;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.Location = $"/settlements/{accepted.SettlementId}";
        if (replayed)
            response.Headers[ReplayedHeader] = "true";
        await response.WriteAsync(json, httpContext.RequestAborted);
    }
}

/// <summary>
/// What "the same body" means: equal members with equal values, whatever their order and the spaces between them. The hash is kept for
/// ever, so the form must never change: members in the record's order, absent ones left out. New members go to the end and are optional.
/// </summary>
public static class RequestHash
{
    public static byte[] Of(CreateSettlementRequest request) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, ApiJson.Options));
}
