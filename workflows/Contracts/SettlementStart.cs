using System.Globalization;
using Settlement.Domain;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Keys = Settlement.Workflows.Contracts.SettlementSearchAttributes;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// How a settlement is started, the same from the API and from the sweeper: a readable id that makes a second start
/// harmless, what operators read in the Web UI, and search attributes.
/// </summary>
public static class SettlementStart
{
    /// <summary>Start options for the request. A second start with the same id is refused for ever (RejectDuplicate).</summary>
    /// <remarks>
    /// A second start throws <c>WorkflowAlreadyStartedException</c>; for the same settlement that means success.
    /// </remarks>
    public static WorkflowOptions Options(SettlementRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new WorkflowOptions(SettlementReference.WorkflowId(request.Reference), SettlementNames.TaskQueue)
        {
            IdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate,
            StaticSummary = Summary(request),
            StaticDetails = $"Settlement `{request.SettlementId}` of entity `{request.EntityId}`, started by `{request.StartedBy}`.",
            Memo = new Dictionary<string, object>
            {
                ["settlement_id"] = request.SettlementId.ToString("D"),
                ["bank"] = request.Bank,
            },
            TypedSearchAttributes = SearchAttributes(request),
        };
    }

    /// <summary>Starts the workflow of a stored request.</summary>
    /// <exception cref="Temporalio.Exceptions.WorkflowAlreadyStartedException">It has been started before, which is no error.</exception>
    /// <exception cref="Temporalio.Exceptions.RpcException">Temporal cannot be reached; the sweeper starts it later.</exception>
    public static Task<WorkflowHandle<ISettlementWorkflow, SettlementResult>> StartSettlementAsync(
        this ITemporalClient client, SettlementRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        var options = Options(request);
        options.Rpc = new RpcOptions { CancellationToken = cancellationToken };
        return client.StartWorkflowAsync((ISettlementWorkflow workflow) => workflow.RunAsync(request), options);
    }

    private static string Summary(SettlementRequest request) =>
        $"{UpperSnake.Lower(request.Kind)} {MajorUnits(request)} {request.Currency} via {request.Bank}";

    private static string MajorUnits(SettlementRequest request) =>
        Domain.Currency.TryGet(request.Currency, out var currency)
            ? new Money(request.AmountMinor, currency).ToDecimalString()
            : request.AmountMinor.ToString(CultureInfo.InvariantCulture) + " minor";

    private static SearchAttributeCollection SearchAttributes(SettlementRequest request) =>
        new SearchAttributeCollection.Builder()
            .Set(Keys.SettlementStatus, UpperSnake.Of(SettlementStatus.Pending))
            .Set(Keys.SettlementKind, UpperSnake.Of(request.Kind))
            .Set(Keys.EntityId, request.EntityId)
            .Set(Keys.Currency, request.Currency)
            .Set(Keys.NeedsAttention, false)
            .ToSearchAttributeCollection();
}
