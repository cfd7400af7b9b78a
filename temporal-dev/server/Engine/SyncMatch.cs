using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Matching;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

/// <summary>A task that is started, within the transition that made it, for a poller that waits. Delivered after the commit.</summary>
/// <param name="Poller">Who gets it.</param>
/// <param name="Run">Whose task it is.</param>
/// <param name="Workflow">The workflow task, or null.</param>
/// <param name="Activity">The activity task, or null.</param>
internal sealed record SyncMatch(Poller Poller, RunKey Run, StartedWorkflowTask? Workflow, StartedActivity? Activity);
