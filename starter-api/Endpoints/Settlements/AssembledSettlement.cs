using Settlement.Database;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>One settlement in its three forms, made together so that they cannot disagree.</summary>
/// <param name="Terms">The row.</param>
/// <param name="WorkflowInput">The workflow's input, which the row keeps too.</param>
/// <param name="Response">The answer.</param>
public sealed record AssembledSettlement(NewSettlement Terms, SettlementRequest WorkflowInput, SettlementAccepted Response);
