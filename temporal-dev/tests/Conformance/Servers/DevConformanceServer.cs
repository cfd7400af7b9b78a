using Temporalio.InTree.Tests.Support;

namespace Temporalio.Conformance.Tests.Servers;

/// <summary>Our own server with its state in memory.</summary>
public sealed class DevConformanceServer : ConformanceServer
{
    /// <summary>Its column.</summary>
    public const string Name = "dev server";

    private static readonly Lazy<Task<string>> Started = new(
        async () => (await ServerProcess.StartAsync(DevServerProgram.Command, RealServer.SearchAttributes)).TargetHost);

    /// <inheritdoc />
    public override string Column => Name;

    /// <inheritdoc />
    public override void Require()
    {
        // Built with these tests: it is always there.
    }

    /// <inheritdoc />
    protected override async Task<string?> StartAsync() => await Started.Value;
}
