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
/// The one place that every operator's act passes before anything is done: only here an act becomes an <see cref="Actor"/>. Whoever says that he
/// comes from the API must carry the API's signature of this very act. Who does not is refused, and the refusal is audited as the command line's.
/// </summary>
public sealed class ActGate(ActKeys keys, NpgsqlDataSource books, OperatorActs acts)
{
    private const int HashLength = 24;

    /// <summary>Lets an act in.</summary>
    /// <param name="act">Name of the update or of the workflow type.</param>
    /// <param name="action">The act as its caller sent it.</param>
    /// <param name="asOf">Business time.</param>
    /// <param name="settlementId">The open settlement that takes the update; null for acts that are workflows of their own.</param>
    /// <returns>Who acts, and through which door.</returns>
    /// <exception cref="ApplicationFailureException">
    /// <see cref="OperatorRefusals.NotFromTheApi"/>, not to be tried again; or there is no such settlement.
    /// </exception>
    public async Task<Actor> AdmitAsync(string act, OperatorAction action, DateTimeOffset asOf, Guid? settlementId = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (action.Source != ActorSources.Api)
            return new Actor(action.Operator, ActorSource.CommandLine);
        var claim = settlementId is { } id ? await OnSettlementAsync(act, id) : new Claim(act, "", $"act:{act}", "act_refused", null, null);
        if (keys.HaveSigned(act, claim.Workflow, action))
            return new Actor(action.Operator, ActorSource.Api);
        var refusal = action.Signature is null
            ? $"source {ActorSources.Api} is for the API alone, and this {act} does not carry its signature: leave source out, or say {ActorSources.CommandLine}"
            : $"source {ActorSources.Api} is for the API alone, and the signature is not one that it made for this {act}: leave source and signature out; if it was the API, its ACT_SIGNING_KEY is not the worker's";
        await AuditAsync(claim, action, refusal, asOf);
        throw new ApplicationFailureException(refusal, OperatorRefusals.NotFromTheApi, nonRetryable: true);
    }

    /// <summary>Lets an act in that is a workflow of its own, and gives it as the database keeps it.</summary>
    /// <param name="act">Name of the workflow type.</param>
    /// <param name="action">The act as its caller sent it.</param>
    /// <param name="asOf">Business time.</param>
    /// <exception cref="ApplicationFailureException"><see cref="OperatorRefusals.NotFromTheApi"/>, not to be tried again.</exception>
    public async Task<OperatorAct> AdmitActAsync<TAction>(string act, TAction action, DateTimeOffset asOf)
        where TAction : OperatorAction => Acts.Of(act, action, await AdmitAsync(act, action, asOf), asOf);

    /// <summary>The settlement as the books know it: what a workflow says of itself was chosen by whoever started it.</summary>
    private Task<Claim> OnSettlementAsync(string update, Guid settlementId) => Refusals.GuardAsync(async () =>
    {
        await using var context = SettlementDatabase.CreateContext(books);
        var found = await context.Settlements.Where(row => row.SettlementId == settlementId)
            .Select(row => new { row.Reference, row.EntityId }).SingleOrDefaultAsync(Acts.Cancellation)
            ?? throw new SettlementException(SettlementFailure.UnknownSettlement, "There is no such settlement.");
        return new Claim(
            update, SettlementReference.WorkflowId(found.Reference), $"settlement:{found.Reference}", $"operator_{update.ToLowerInvariant()}_refused", settlementId, found.EntityId);
    });

    /// <summary>Once per refused act, under an id of its own: a request id that somebody else has guessed stays free for its owner.</summary>
    private async Task AuditAsync(Claim claim, OperatorAction action, string refusal, DateTimeOffset asOf)
    {
        var stated = new Actor(action.Operator, ActorSource.CommandLine);
        var what = Json.Of(new { claim.Act, claim.Target, action.RequestId, action.Reason, action.Signature, asOf });
        var id = $"refused:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..HashLength]}";
        await acts.RunAsync(new OperatorAct(claim.AuditAction, id, stated, action.Reason, what, asOf), async (connection, cancel) =>
        {
            await AuditWriter.AppendAsync(connection, new AuditRecord(claim.Target, claim.AuditAction, stated, action.Reason, asOf)
            {
                SettlementId = claim.SettlementId,
                EntityId = claim.EntityId,
                RequestId = action.RequestId,
                AfterJson = Json.Of(new { claim.Act, StatedOperator = action.Operator, StatedSource = action.Source, Refusal = refusal }),
            }, cancel);
            return refusal;
        }, Acts.Cancellation);
    }

    /// <param name="Act">Name of the act.</param>
    /// <param name="Workflow">What the signature names as the target.</param>
    /// <param name="Target">What the audit names as the target.</param>
    /// <param name="AuditAction">What the audit calls the refusal.</param>
    /// <param name="SettlementId">Of the settlement, if it is about one.</param>
    /// <param name="EntityId">Whose settlement.</param>
    private sealed record Claim(string Act, string Workflow, string Target, string AuditAction, Guid? SettlementId, string? EntityId);
}
