using Temporalio.Client;

namespace Temporalio.Conformance.Tests.Servers;

/// <summary>A server that the suite runs against. One inheritor for each kind.</summary>
public abstract class ConformanceServer : IAsyncLifetime
{
    private TemporalClient? client;

    /// <summary>Gets the column of the compatibility page that its results stand in.</summary>
    public abstract string Column { get; }

    /// <summary>Gets a client of namespace <c>default</c>.</summary>
    public ITemporalClient Client => client ?? throw new InvalidOperationException($"There is no {Column}");

    /// <summary>Gets a value indicating whether the server could be had.</summary>
    public bool Available => client is not null;

    /// <summary>Gets host and port.</summary>
    public string TargetHost => Client.Connection.Options.TargetHost!;

    /// <summary>Skips the calling test, by name and reason, where this server cannot be had.</summary>
    public abstract void Require();

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        if (await StartAsync() is { } targetHost)
        {
            client = await TemporalClient.ConnectAsync(new(targetHost));
        }
    }

    /// <inheritdoc />
    public virtual Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Host and port of the running server, started once for the test process; null where it cannot be had.</summary>
    protected abstract Task<string?> StartAsync();
}
