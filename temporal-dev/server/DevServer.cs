using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.DevServer.Clock;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Namespaces;
using Temporalio.DevServer.Storage.Postgres;

namespace Temporalio.DevServer;

/// <summary>A running server: a Temporal cluster of one process. Dispose it to end it.</summary>
public sealed class DevServer : IAsyncDisposable
{
    private readonly ServerParts parts;
    private readonly ServerComposition composition;
    private readonly CancellationTokenSource stopping;
    private Listener? listener;
    private int disposed;

    private DevServer(ServerParts parts, ServerComposition composition, CancellationTokenSource stopping)
    {
        this.parts = parts;
        this.composition = composition;
        this.stopping = stopping;
    }

    /// <summary>Gets where it listens, <c>host:port</c>.</summary>
    public string Address => listener?.Address ?? throw new InvalidOperationException("The server does not listen yet");

    /// <summary>Gets whether what it acknowledges outlives it.</summary>
    public bool IsDurable => parts.Store.IsDurable;

    /// <summary>Gets the task that ends if the server can no longer do its work, with the reason; it must be disposed of then.</summary>
    public Task<Exception> Broken => parts.Fatal.Occurred;

    /// <summary>Gets the parts, for tests that look inside.</summary>
    internal ServerComposition Composition => composition;

    /// <summary>Starts a server: opens its store, recovers what is in it, and then opens the port.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The server, answering.</returns>
    /// <exception cref="Exception">It cannot start; the message is one line that says why.</exception>
    public static async Task<DevServer> StartAsync(DevServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var stopping = new CancellationTokenSource();
        var store = await OpenStoreAsync(options, cancellationToken);
        var parts = new ServerParts(options, store, ClockFor(options.TimeSkipping), new NamespaceRegistry(store), new FatalErrors(), options.Logs ?? NullLoggerFactory.Instance, stopping.Token);
        var server = new DevServer(parts, new ServerComposition(parts), stopping);
        try
        {
            await parts.Namespaces.LoadAsync(cancellationToken);
            await server.composition.StartAsync(cancellationToken);
            server.listener = await Listener.OpenAsync(options, server.composition.Services, parts.Logs, cancellationToken);
            server.composition.Operator.Identity.Address = server.Address;
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the server: long polls are answered, calls under way get two seconds, then the port closes and the store is left.</summary>
    /// <returns>Task that ends when nothing of it runs any more.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;
        await stopping.CancelAsync();
        if (listener is not null)
            await listener.DisposeAsync();
        await composition.StopAsync();
        await parts.Store.DisposeAsync();
        if (parts.Clock is IAsyncDisposable clock)
            await clock.DisposeAsync();
        parts.Namespaces.Dispose();
        stopping.Dispose();
    }

    private static IServerClock ClockFor(TimeSkipping skipping) =>
        skipping == TimeSkipping.None ? new WallClock() : new SkippingClock(TimeProvider.System, skipping == TimeSkipping.Locked ? 1 : 0);

    private static async Task<IStore> OpenStoreAsync(DevServerOptions options, CancellationToken cancellationToken)
    {
        if (options.Database is null)
            return new MemoryStore();
        try
        {
            return await PostgresStore.OpenAsync(new PostgresStoreOptions { ConnectionString = options.Database, LeaseWait = options.LeaseWait }, cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            throw new ServerStartException($"the database does not answer: {DatabaseName.Of(options.Database)}: {e.InnerException?.Message ?? e.Message}", ExitCode.DatabaseUnavailable, e);
        }
        catch (StoreFencedException e)
        {
            throw new ServerStartException(e.Message, ExitCode.DatabaseTaken, e);
        }
        catch (StoreRejectedException e)
        {
            throw new ServerStartException(e.Message, ExitCode.DatabaseUnavailable, e);
        }
    }
}
