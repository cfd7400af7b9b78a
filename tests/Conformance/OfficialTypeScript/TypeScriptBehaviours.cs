using Temporalio.Conformance.Tests.Servers;

namespace Temporalio.Conformance.Tests.OfficialTypeScript;

/// <summary>The third column: what the official TypeScript SDK's client, worker and schedules need of a server.</summary>
/// <typeparam name="TServer">The server.</typeparam>
public abstract class TypeScriptBehaviours<TServer>(TypeScriptRun<TServer> run)
    where TServer : ConformanceServer, new()
{
    /// <summary>The names of all behaviours.</summary>
    public static TheoryData<string> Behaviours => [.. TypeScriptSdk.Behaviours];

    /// <summary>The column of the results on a server.</summary>
    public static string ColumnOn(string server) => $"TypeScript SDK, {server}";

    [SkippableTheory]
    [MemberData(nameof(Behaviours))]
    public void Behaviour_FromTheTypeScriptSdk_Holds(string behaviour)
    {
        run.Require();
        (run.Failure(behaviour) ?? string.Empty).ShouldBeEmpty();
    }
}
