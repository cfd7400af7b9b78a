using Microsoft.Extensions.Logging;
using Temporalio.Api.Nexus.V1;
using Temporalio.Client;

namespace Temporalio.Testing;

/// <summary>
/// A server and a client for tests. Not for concurrent tests where time is skipped: skipping is switched for the whole environment.
/// </summary>
public class WorkflowEnvironment : IAsyncDisposable
{
    /// <summary>Initializes a new instance of the <see cref="WorkflowEnvironment"/> class on a server that runs anyway.</summary>
    /// <param name="client">Client of the server.</param>
    public WorkflowEnvironment(ITemporalClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        Client = client;
        Logger = client.Options.LoggerFactory.CreateLogger<WorkflowEnvironment>();
    }

    /// <summary>Gets the client.</summary>
    public ITemporalClient Client { get; protected init; }

    /// <summary>Gets a value indicating whether the server skips time.</summary>
    public virtual bool SupportsTimeSkipping => false;

    /// <summary>Gets the logger of the environment.</summary>
    protected ILogger<WorkflowEnvironment> Logger { get; private init; }

    /// <summary>Starts a dev server with everything but time skipping.</summary>
    /// <param name="options">Options; for the executable see <see cref="DevServerOptions.ExistingPath"/>.</param>
    /// <returns>The environment.</returns>
    /// <exception cref="InvalidOperationException">No executable, or it does not start.</exception>
    public static async Task<WorkflowEnvironment> StartLocalAsync(WorkflowEnvironmentStartLocalOptions? options = null)
    {
        options ??= new();
        var server = await EphemeralServer.StartDevServerAsync(options).ConfigureAwait(false);
        return await EphemeralEnvironment.ConnectAsync(server, options).ConfigureAwait(false);
    }

    /// <summary>Starts a server that skips time while a workflow's result is awaited.</summary>
    /// <param name="options">Options; for the executable see <see cref="TestServerOptions.ExistingPath"/>.</param>
    /// <returns>The environment.</returns>
    /// <exception cref="InvalidOperationException">No executable, or it does not start.</exception>
    public static async Task<WorkflowEnvironment> StartTimeSkippingAsync(WorkflowEnvironmentStartTimeSkippingOptions? options = null)
    {
        options ??= new();
        var server = await EphemeralServer.StartTestServerAsync(options).ConfigureAwait(false);
        return await EphemeralEnvironment.ConnectAsync(server, options).ConfigureAwait(false);
    }

    /// <summary>Waits in the server's time.</summary>
    /// <param name="millisecondsDelay">How long, in milliseconds.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Task that ends when that time has passed at the server.</returns>
    public Task DelayAsync(int millisecondsDelay, CancellationToken? cancellationToken = null) =>
        DelayAsync(TimeSpan.FromMilliseconds(millisecondsDelay), cancellationToken);

    /// <summary>Waits in the server's time, which may be skipped.</summary>
    /// <param name="delay">How long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Task that ends when that time has passed at the server.</returns>
    public virtual Task DelayAsync(TimeSpan delay, CancellationToken? cancellationToken = null) =>
        Task.Delay(delay, cancellationToken ?? CancellationToken.None);

    /// <summary>Asks for the server's time.</summary>
    /// <returns>The time; of this machine where time is not skipped, then local as in the official SDK, else UTC.</returns>
    public virtual Task<DateTime> GetCurrentTimeAsync() => Task.FromResult(DateTime.Now);

    /// <summary>Runs a function while awaited results skip no time.</summary>
    /// <param name="func">The function.</param>
    public void WithAutoTimeSkippingDisabled(Action func)
    {
        ArgumentNullException.ThrowIfNull(func);
        WithAutoTimeSkippingDisabled(() =>
        {
            func();
            return default(ValueTuple);
        });
    }

    /// <summary>Runs a function while awaited results skip no time.</summary>
    /// <typeparam name="T">Result type.</typeparam>
    /// <param name="func">The function.</param>
    /// <returns>Its result.</returns>
    public T WithAutoTimeSkippingDisabled<T>(Func<T> func) =>
        WithAutoTimeSkippingDisabledAsync(() => Task.FromResult(func())).GetAwaiter().GetResult();

    /// <summary>Runs a function while awaited results skip no time.</summary>
    /// <param name="func">The function.</param>
    /// <returns>Task of the function.</returns>
    public Task WithAutoTimeSkippingDisabledAsync(Func<Task> func)
    {
        ArgumentNullException.ThrowIfNull(func);
        return WithAutoTimeSkippingDisabledAsync(async () =>
        {
            await func().ConfigureAwait(false);
            return default(ValueTuple);
        });
    }

    /// <summary>Runs a function while awaited results skip no time.</summary>
    /// <typeparam name="T">Result type.</typeparam>
    /// <param name="func">The function.</param>
    /// <returns>Task of the function.</returns>
    public virtual Task<T> WithAutoTimeSkippingDisabledAsync<T>(Func<Task<T>> func)
    {
        ArgumentNullException.ThrowIfNull(func);
        return func();
    }

    /// <summary>Makes a Nexus endpoint that leads to workers of this namespace.</summary>
    /// <param name="name">Endpoint name, letters, digits and hyphens.</param>
    /// <param name="taskQueue">Task queue of the workers.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="Exceptions.RpcException">The server refuses it.</exception>
    public async Task<Endpoint> CreateNexusEndpointAsync(string name, string taskQueue)
    {
        var created = await Client.OperatorService.CreateNexusEndpointAsync(new()
        {
            Spec = new()
            {
                Name = name,
                Target = new() { Worker = new() { Namespace = Client.Options.Namespace, TaskQueue = taskQueue } },
            },
        }).ConfigureAwait(false);
        return created.Endpoint;
    }

    /// <summary>Deletes a Nexus endpoint.</summary>
    /// <param name="endpoint">As it was made.</param>
    /// <returns>Task that ends when it is deleted.</returns>
    /// <exception cref="Exceptions.RpcException">The server refuses it.</exception>
    public Task DeleteNexusEndpointAsync(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return Client.OperatorService.DeleteNexusEndpointAsync(new() { Id = endpoint.Id, Version = endpoint.Version });
    }

    /// <summary>Stops the server, if the environment started it.</summary>
    /// <returns>Task that ends when it has stopped.</returns>
    public virtual Task ShutdownAsync() => Task.CompletedTask;

    /// <summary>Shuts down.</summary>
    /// <returns>Task that ends when the server has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        await ShutdownAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }
}
