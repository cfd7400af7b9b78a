using Temporalio.Conformance.Tests.Behaviours;
using Temporalio.Conformance.Tests.Behaviours.Raw;
using Temporalio.Conformance.Tests.CommandLine;
using Temporalio.Conformance.Tests.Servers;

namespace Temporalio.Conformance.Tests;

/// <summary>The whole suite on the real server.</summary>
public static class RealServerConformanceTests
{
    public sealed class Starts(RealConformanceServer server) : StartBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class IdPolicies(RealConformanceServer server) : IdPolicyBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class Signals(RealConformanceServer server) : SignalBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class Queries(RealConformanceServer server) : QueryBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class Updates(RealConformanceServer server) : UpdateBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class Timers(RealConformanceServer server) : TimerBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class Activities(RealConformanceServer server) : ActivityBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class LocalActivities(RealConformanceServer server) : LocalActivityBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class Cancellation(RealConformanceServer server) : CancellationBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class Children(RealConformanceServer server) : ChildWorkflowBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class ContinueAsNew(RealConformanceServer server) : ContinueAsNewBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class Patches(RealConformanceServer server) : PatchBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class Visibility(RealConformanceServer server) : VisibilityBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class Resets(RealConformanceServer server) : ResetBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class Schedules(RealConformanceServer server) : ScheduleBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class WorkflowTasks(RealConformanceServer server) : WorkflowTaskBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class RawCommands(RealConformanceServer server) : CommandBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class ActivityTasks(RealConformanceServer server) : ActivityTaskBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class QueryTasks(RealConformanceServer server) : QueryTaskBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class UpdateTasks(RealConformanceServer server) : UpdateTaskBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class HistoryReads(RealConformanceServer server) : HistoryReadBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class Lifecycles(RealConformanceServer server) : LifecycleBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class ResetTasks(RealConformanceServer server) : ResetTaskBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class Relations(RealConformanceServer server) : RelationBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class Filters(RealConformanceServer server) : FilterBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class Batches(RealConformanceServer server) : BatchBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class ScheduleTimes(RealConformanceServer server) : ScheduleTimeBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class Operators(RealConformanceServer server) : OperatorBehaviours(server), IClassFixture<RealConformanceServer>;

    public sealed class CommandLines(RealConformanceServer server) : CommandLineBehaviours(server), IClassFixture<RealConformanceServer>;
}
