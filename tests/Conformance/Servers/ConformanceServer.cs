using Temporalio.Client;

namespace Temporalio.Conformance.Tests.Servers;

/// <summary>A server that the suite runs against. One inheritor for each kind.</summary>
public abstract class ConformanceServer : IAsyncLifetime
{
    /// <summary>Gets a client of namespace <c>default</c>.</summary>
    public abstract ITemporalClient Client { get; }

    /// <summary>Skips the calling test, by name and reason, where this server cannot be had.</summary>
    public abstract void Require();

    /// <inheritdoc />
    public abstract Task InitializeAsync();

    /// <inheritdoc />
    public abstract Task DisposeAsync();
}
