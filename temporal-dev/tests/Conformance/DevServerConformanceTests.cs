using Temporalio.Conformance.Tests.Behaviours;
using Temporalio.Conformance.Tests.Behaviours.Raw;
using Temporalio.Conformance.Tests.CommandLine;
using Temporalio.Conformance.Tests.Servers;

namespace Temporalio.Conformance.Tests;

/// <summary>The whole suite on the dev server, its state in memory.</summary>
public static class DevServerConformanceTests
{
    public sealed class Starts(DevConformanceServer server) : StartBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class IdPolicies(DevConformanceServer server) : IdPolicyBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class Signals(DevConformanceServer server) : SignalBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class Queries(DevConformanceServer server) : QueryBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class Updates(DevConformanceServer server) : UpdateBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class Timers(DevConformanceServer server) : TimerBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class Activities(DevConformanceServer server) : ActivityBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class LocalActivities(DevConformanceServer server) : LocalActivityBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class Cancellation(DevConformanceServer server) : CancellationBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class Children(DevConformanceServer server) : ChildWorkflowBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class ContinueAsNew(DevConformanceServer server) : ContinueAsNewBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class Patches(DevConformanceServer server) : PatchBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class Visibility(DevConformanceServer server) : VisibilityBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class Resets(DevConformanceServer server) : ResetBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class Schedules(DevConformanceServer server) : ScheduleBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class WorkflowTasks(DevConformanceServer server) : WorkflowTaskBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class RawCommands(DevConformanceServer server) : CommandBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class ActivityTasks(DevConformanceServer server) : ActivityTaskBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class QueryTasks(DevConformanceServer server) : QueryTaskBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class UpdateTasks(DevConformanceServer server) : UpdateTaskBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class HistoryReads(DevConformanceServer server) : HistoryReadBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class Lifecycles(DevConformanceServer server) : LifecycleBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class ResetTasks(DevConformanceServer server) : ResetTaskBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class Relations(DevConformanceServer server) : RelationBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class Filters(DevConformanceServer server) : FilterBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class Batches(DevConformanceServer server) : BatchBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class ScheduleTimes(DevConformanceServer server) : ScheduleTimeBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class Operators(DevConformanceServer server) : OperatorBehaviours(server), IClassFixture<DevConformanceServer>;

    public sealed class CommandLines(DevConformanceServer server) : CommandLineBehaviours(server), IClassFixture<DevConformanceServer>;
}
