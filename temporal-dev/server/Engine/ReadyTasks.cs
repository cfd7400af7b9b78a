using Temporalio.Api.History.V1;
using Temporalio.Api.Query.V1;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

/// <summary>A workflow task that is started, committed and on its way to its poller.</summary>
/// <param name="Run">Its run.</param>
/// <param name="Started">What to answer.</param>
/// <param name="Events">The stored events to ship, or null if some of them must be read from the store.</param>
/// <param name="Queries">Queries attached to it, by id.</param>
internal sealed record ReadyWorkflowTask(RunKey Run, StartedWorkflowTask Started, HistoryEvent[]? Events, IReadOnlyList<KeyValuePair<string, WorkflowQuery>> Queries);

/// <summary>An activity task that is started, committed and on its way to its poller.</summary>
/// <param name="Run">Its run.</param>
/// <param name="Started">What to answer.</param>
internal sealed record ReadyActivityTask(RunKey Run, StartedActivity Started);
