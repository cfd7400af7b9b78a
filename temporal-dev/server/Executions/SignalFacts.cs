using Temporalio.Api.Common.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>A signal, whoever sends it.</summary>
/// <param name="Name">The signal's name.</param>
/// <param name="Input">Its arguments, or null.</param>
/// <param name="Identity">Who sends it.</param>
/// <param name="RequestId">The second signal with the same one is not recorded; empty: no check.</param>
/// <param name="Header">Its header, or null.</param>
/// <param name="Links">Where it comes from.</param>
/// <param name="ExternalExecution">The workflow that sends it, or null.</param>
internal sealed record SignalFacts(
    string Name, Payloads? Input, string Identity, string RequestId, Header? Header, IReadOnlyList<Link> Links, WorkflowExecution? ExternalExecution = null);
