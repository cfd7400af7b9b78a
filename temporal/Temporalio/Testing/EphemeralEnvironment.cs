using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using Temporalio.Api.TestService.V1;
using Temporalio.Client;

namespace Temporalio.Testing;

/// <summary>The environment of a server that it started itself.</summary>
internal sealed class EphemeralEnvironment : WorkflowEnvironment
{
    // The server answers when the time has passed, and workers may have to work in between.
    private static readonly TimeSpan DelayTimeout = TimeSpan.FromMinutes(10);

    private readonly EphemeralServer server;
    private readonly TemporalConnection connection;
    private int skippingDisabled;

    private EphemeralEnvironment(TemporalClient client, TemporalConnection connection, EphemeralServer server)
        : base(client)
    {
        this.server = server;
        this.connection = connection;
        if (!server.HasTestService) return;
        var options = (TemporalClientOptions)client.Options.Clone();
        options.Interceptors = [new TimeSkippingClientInterceptor(this), .. client.Options.Interceptors ?? []];
        Client = new TemporalClient(client.Connection, options);
    }

    /// <inheritdoc />
    public override bool SupportsTimeSkipping => server.HasTestService;

    /// <summary>Connects to a new server; stops it if that fails.</summary>
    /// <param name="server">The server.</param>
    /// <param name="options">Options; the target is the server's.</param>
    /// <returns>The environment.</returns>
    public static async Task<WorkflowEnvironment> ConnectAsync(EphemeralServer server, TemporalClientConnectOptions options)
    {
        try
        {
            options = (TemporalClientConnectOptions)options.Clone();
            options.TargetHost = server.Target;
            var client = await TemporalClient.ConnectAsync(options).ConfigureAwait(false);
            return new EphemeralEnvironment(client, (TemporalConnection)client.Connection, server);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc />
    public override async Task DelayAsync(TimeSpan delay, CancellationToken? cancellationToken = null)
    {
        if (!SupportsTimeSkipping)
        {
            await base.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
            return;
        }
        await Client.Connection.TestService.UnlockTimeSkippingWithSleepAsync(
            new SleepRequest { Duration = Duration.FromTimeSpan(delay) },
            new RpcOptions { Timeout = DelayTimeout, CancellationToken = cancellationToken }).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override async Task<DateTime> GetCurrentTimeAsync()
    {
        if (!SupportsTimeSkipping) return await base.GetCurrentTimeAsync().ConfigureAwait(false);
        var response = await Client.Connection.TestService.GetCurrentTimeAsync(new Empty()).ConfigureAwait(false);
        return response.Time.ToDateTime();
    }

    /// <inheritdoc />
    public override async Task<T> WithAutoTimeSkippingDisabledAsync<T>(Func<Task<T>> func)
    {
        ArgumentNullException.ThrowIfNull(func);
        Interlocked.Increment(ref skippingDisabled);
        try
        {
            return await func().ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref skippingDisabled);
        }
    }

    /// <inheritdoc />
    public override async Task ShutdownAsync()
    {
        connection.Close();
        await server.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Runs a function while the server skips time, unless that is disabled.</summary>
    /// <typeparam name="T">Result type.</typeparam>
    /// <param name="func">The function.</param>
    /// <returns>Its result.</returns>
    internal async Task<T> WithTimeSkippingAsync<T>(Func<Task<T>> func)
    {
        if (!SupportsTimeSkipping || Volatile.Read(ref skippingDisabled) > 0) return await func().ConfigureAwait(false);
        await Client.Connection.TestService.UnlockTimeSkippingAsync(new UnlockTimeSkippingRequest()).ConfigureAwait(false);
        T result;
        try
        {
            result = await func().ConfigureAwait(false);
        }
        catch
        {
            await TryLockAsync().ConfigureAwait(false);
            throw;
        }
        await Client.Connection.TestService.LockTimeSkippingAsync(new LockTimeSkippingRequest()).ConfigureAwait(false);
        return result;
    }

    // The function's own failure is what the caller must see; that of the lock comes second.
    private async Task TryLockAsync()
    {
        try
        {
            await Client.Connection.TestService.LockTimeSkippingAsync(new LockTimeSkippingRequest()).ConfigureAwait(false);
        }
        catch (Exceptions.RpcException e)
        {
            Logger.LogError(e, "Time skipping could not be locked again");
        }
    }
}
