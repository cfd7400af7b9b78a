using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Settlement.Activities.Failures;
using Settlement.Activities.Operations;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Settlement.Activities.Operators;

/// <summary>
/// The one place that every operator's action passes before anything is done: only here an action becomes an <see cref="Actor"/>. Whoever says that he
/// comes from the API must carry the API's signature of this very action. Who does not is refused, and the refusal is audited as the command line's.
/// </summary>
public sealed class ActionGate(ActionKeys keys, NpgsqlDataSource books, RecordedActions recordedActions)
{
    private const int HashLength = 24;

    /// <summary>Lets an action in.</summary>
    /// <param name="actionName">Name of the update or of the workflow type.</param>
    /// <param name="action">The action as its caller sent it.</param>
    /// <param name="asOf">Business time.</param>
    /// <param name="settlementId">The open settlement that takes the update; null for actions that are workflows of their own.</param>
    /// <returns>Who acts, and through which door.</returns>
    /// <exception cref="ApplicationFailureException">
    /// <see cref="OperatorRefusals.NotFromTheApi"/>, not to be tried again; or there is no such settlement.
    /// </exception>
    public async Task<Actor> AdmitAsync(string actionName, OperatorAction action, DateTimeOffset asOf, Guid? settlementId = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (action.Source != ActorSources.Api)
            return new Actor(action.Operator, ActorSource.CommandLine);
        var claim = settlementId is { } id ? await OnSettlementAsync(actionName, id) : new Claim(actionName, "", $"action:{actionName}", "action_refused", null, null);
        if (keys.HaveSigned(actionName, claim.Workflow, action))
            return new Actor(action.Operator, ActorSource.Api);
        var refusal = action.Signature is null
            ? $"source {ActorSources.Api} is for the API alone, and this {actionName} does not carry its signature: leave source out, or say {ActorSources.CommandLine}"
            : $"source {ActorSources.Api} is for the API alone, and the signature is not one that it made for this {actionName}: leave source and signature out; if it was the API, its ACTION_SIGNING_KEY is not the worker's";
        await AuditAsync(claim, action, refusal, asOf);
        throw new ApplicationFailureException(refusal, OperatorRefusals.NotFromTheApi, nonRetryable: true);
    }

    /// <summary>Lets an action in that is a workflow of its own, and gives it as the database keeps it.</summary>
    /// <param name="actionName">Name of the workflow type.</param>
    /// <param name="action">The action as its caller sent it.</param>
    /// <param name="asOf">Business time.</param>
    /// <exception cref="ApplicationFailureException"><see cref="OperatorRefusals.NotFromTheApi"/>, not to be tried again.</exception>
    public async Task<RecordedAction> AdmitActionAsync<TAction>(string actionName, TAction action, DateTimeOffset asOf)
        where TAction : OperatorAction => Actions.Of(actionName, action, await AdmitAsync(actionName, action, asOf), asOf);

    /// <summary>The settlement as the books know it: what a workflow says of itself was chosen by whoever started it.</summary>
    private Task<Claim> OnSettlementAsync(string update, Guid settlementId) => Refusals.GuardAsync(async () =>
    {
        await using var context = SettlementDatabase.CreateContext(books);
        var found = await context.Settlements.Where(row => row.SettlementId == settlementId)
            .Select(row => new { row.Reference, row.EntityId }).SingleOrDefaultAsync(Actions.Cancellation)
            ?? throw new SettlementException(SettlementFailure.UnknownSettlement, "There is no such settlement.");
        return new Claim(
            update, SettlementReference.WorkflowId(found.Reference), $"settlement:{found.Reference}", $"operator_{update.ToLowerInvariant()}_refused", settlementId, found.EntityId);
    });

    /// <summary>Once per refused action, under an id of its own: a request id that somebody else has guessed stays free for its owner.</summary>
    private async Task AuditAsync(Claim claim, OperatorAction action, string refusal, DateTimeOffset asOf)
    {
        var stated = new Actor(action.Operator, ActorSource.CommandLine);
        var what = Json.Of(new { claim.Action, claim.Target, action.RequestId, action.Reason, action.Signature, asOf });
        var id = $"refused:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..HashLength]}";
        await recordedActions.RunAsync(new RecordedAction(claim.AuditAction, id, stated, action.Reason, what, asOf), async (connection, cancel) =>
        {
            await AuditWriter.AppendAsync(connection, new AuditRecord(claim.Target, claim.AuditAction, stated, action.Reason, asOf)
            {
                SettlementId = claim.SettlementId,
                EntityId = claim.EntityId,
                RequestId = action.RequestId,
                AfterJson = Json.Of(new { claim.Action, StatedOperator = action.Operator, StatedSource = action.Source, Refusal = refusal }),
            }, cancel);
            return refusal;
        }, Actions.Cancellation);
    }

    /// <param name="Action">Name of the action.</param>
    /// <param name="Workflow">What the signature names as the target.</param>
    /// <param name="Target">What the audit names as the target.</param>
    /// <param name="AuditAction">What the audit calls the refusal.</param>
    /// <param name="SettlementId">Of the settlement, if it is about one.</param>
    /// <param name="EntityId">Whose settlement.</param>
    private sealed record Claim(string Action, string Workflow, string Target, string AuditAction, Guid? SettlementId, string? EntityId);
}
