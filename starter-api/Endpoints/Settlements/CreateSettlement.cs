using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Settlement.Database;
using Settlement.Database.Api;
using Settlement.Domain;
using Settlement.StarterApi.Hosting;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Logging;
using Settlement.StarterApi.Options;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.StarterApi.Temporal;

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
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(intake);
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
