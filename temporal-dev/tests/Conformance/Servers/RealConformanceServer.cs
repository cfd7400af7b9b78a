using Temporalio.InTree.Tests.Support;

namespace Temporalio.Conformance.Tests.Servers;

/// <summary>The real dev server of the official command line, the oracle of this suite.</summary>
public sealed class RealConformanceServer : ConformanceServer
{
    /// <summary>Its column.</summary>
    public const string Name = "real server";

    /// <inheritdoc />
    public override string Column => Name;

    /// <inheritdoc />
    public override void Require() => RealServerFixture.RequireOracle();

    /// <inheritdoc />
    protected override async Task<string?> StartAsync() => Oracle.TemporalCli is null ? null : await RealServer.TargetHostAsync();
}
