using Temporalio.Conformance.Tests.Servers;

namespace Temporalio.Conformance.Tests.OfficialTypeScript;

/// <summary>The third column: what the official TypeScript SDK's client, worker and schedules need of a server.</summary>
/// <typeparam name="TServer">The server.</typeparam>
public abstract class TypeScriptBehaviours<TServer>(TypeScriptRun<TServer> run)
    where TServer : ConformanceServer, new()
{
    [SkippableTheory]
    [MemberData(nameof(TypeScriptSdk.Cases), MemberType = typeof(TypeScriptSdk))]
    public void Behaviour_FromTheTypeScriptSdk_Holds(string behaviour)
    {
        run.Require();
        (run.Failure(behaviour) ?? string.Empty).ShouldBeEmpty();
    }
}
