using Temporalio.Client;

namespace Temporalio.InTree.Tests.Support;

/// <summary>
/// A client of the real dev server. Test classes take it with <c>IClassFixture</c> and begin their tests with
/// <see cref="RequireOracle"/>; classes run at the same time on the one server, so ids and task queues must be their own.
/// </summary>
public sealed class RealServerFixture : IAsyncLifetime
{
    private TemporalClient? client;

    /// <summary>Client of namespace <c>default</c>.</summary>
    public TemporalClient Client => client ?? throw new InvalidOperationException(Oracle.Missing);

    /// <summary>Host and port of the server.</summary>
    public string TargetHost => Client.Connection.Options.TargetHost!;

    /// <summary>Skips the calling test, with the reason, where the real server is not available.</summary>
    public static void RequireOracle() => Skip.If(Oracle.TemporalCli is null, Oracle.Missing);

    /// <summary>An id that no other test has.</summary>
    /// <param name="prefix">What it is of.</param>
    public static string NewId(string prefix) => $"{prefix}-{Guid.NewGuid():N}";

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        if (Oracle.TemporalCli is not null)
        {
            client = await TemporalClient.ConnectAsync(new(await RealServer.TargetHostAsync()));
        }
    }

    /// <inheritdoc />
    public Task DisposeAsync() => Task.CompletedTask;
}
