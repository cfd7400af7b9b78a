using Temporalio.Conformance.Tests.Behaviours;
using Temporalio.Conformance.Tests.Behaviours.Raw;
using Temporalio.Conformance.Tests.Servers;

namespace Temporalio.Conformance.Tests;

/// <summary>
/// The part of the suite where it matters what a server has written and reads back, on the dev server with its state in PostgreSQL. The rest
/// is the same code as in memory.
/// </summary>
public static class PostgresDevServerConformanceTests
{
    public sealed class Starts(PostgresDevConformanceServer server) : StartBehaviours(server), IClassFixture<PostgresDevConformanceServer>;

    public sealed class Updates(PostgresDevConformanceServer server) : UpdateBehaviours(server), IClassFixture<PostgresDevConformanceServer>;

    public sealed class Activities(PostgresDevConformanceServer server) : ActivityBehaviours(server), IClassFixture<PostgresDevConformanceServer>;

    public sealed class Children(PostgresDevConformanceServer server) : ChildWorkflowBehaviours(server), IClassFixture<PostgresDevConformanceServer>;

    public sealed class ContinueAsNew(PostgresDevConformanceServer server) : ContinueAsNewBehaviours(server), IClassFixture<PostgresDevConformanceServer>;

    public sealed class Resets(PostgresDevConformanceServer server) : ResetBehaviours(server), IClassFixture<PostgresDevConformanceServer>;

    public sealed class Schedules(PostgresDevConformanceServer server) : ScheduleBehaviours(server), IClassFixture<PostgresDevConformanceServer>;

    public sealed class HistoryReads(PostgresDevConformanceServer server) : HistoryReadBehaviours(server), IClassFixture<PostgresDevConformanceServer>;

    public sealed class Lifecycles(PostgresDevConformanceServer server) : LifecycleBehaviours(server), IClassFixture<PostgresDevConformanceServer>;

    public sealed class Relations(PostgresDevConformanceServer server) : RelationBehaviours(server), IClassFixture<PostgresDevConformanceServer>;

    public sealed class Filters(PostgresDevConformanceServer server) : FilterBehaviours(server), IClassFixture<PostgresDevConformanceServer>;

    public sealed class Batches(PostgresDevConformanceServer server) : BatchBehaviours(server), IClassFixture<PostgresDevConformanceServer>;
}
