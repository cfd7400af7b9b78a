using Temporalio.Conformance.Tests.Behaviours;
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
}
