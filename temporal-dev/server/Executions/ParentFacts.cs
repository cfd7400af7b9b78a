using Temporalio.Api.Common.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>The parent of a run, as its first event names it.</summary>
/// <param name="NamespaceName">The parent's namespace.</param>
/// <param name="NamespaceId">Its id.</param>
/// <param name="Execution">The parent.</param>
/// <param name="InitiatedEventId">The parent's event that began the child.</param>
/// <param name="Root">The topmost ancestor.</param>
internal sealed record ParentFacts(string NamespaceName, string NamespaceId, WorkflowExecution Execution, long InitiatedEventId, WorkflowExecution Root);
