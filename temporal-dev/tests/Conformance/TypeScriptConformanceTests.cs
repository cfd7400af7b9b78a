using Temporalio.Conformance.Tests.Servers;
using Temporalio.Conformance.Tests.OfficialTypeScript;

namespace Temporalio.Conformance.Tests;

/// <summary>The official TypeScript SDK on each server.</summary>
public static class TypeScriptConformanceTests
{
    public sealed class OnTheRealServer(TypeScriptRun<RealConformanceServer> run) :
        TypeScriptBehaviours<RealConformanceServer>(run), IClassFixture<TypeScriptRun<RealConformanceServer>>;

    public sealed class OnTheDevServer(TypeScriptRun<DevConformanceServer> run) :
        TypeScriptBehaviours<DevConformanceServer>(run), IClassFixture<TypeScriptRun<DevConformanceServer>>;
}
