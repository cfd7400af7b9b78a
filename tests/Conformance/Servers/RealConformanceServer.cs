using Temporalio.Client;
using Temporalio.InTree.Tests.Support;

namespace Temporalio.Conformance.Tests.Servers;

/// <summary>The real dev server of the official command line, the oracle of this suite.</summary>
public sealed class RealConformanceServer : ConformanceServer
{
    private readonly RealServerFixture fixture = new();

    /// <inheritdoc />
    public override ITemporalClient Client => fixture.Client;

    /// <inheritdoc />
    public override void Require() => RealServerFixture.RequireOracle();

    /// <inheritdoc />
    public override Task InitializeAsync() => fixture.InitializeAsync();

    /// <inheritdoc />
    public override Task DisposeAsync() => fixture.DisposeAsync();
}
