using Temporalio.Client;
using Temporalio.Worker;

namespace Temporalio.Common;

/// <summary>A plugin of clients, workers and replayers that only sets options.</summary>
public class SimplePlugin : ITemporalClientPlugin, ITemporalWorkerPlugin
{
    /// <summary>Initializes a new instance of the <see cref="SimplePlugin"/> class.</summary>
    /// <param name="name">Name.</param>
    /// <param name="options">What it changes.</param>
    public SimplePlugin(string name, SimplePluginOptions? options = null)
    {
        Name = name;
        Options = options ?? new();
    }

    /// <inheritdoc cref="ITemporalClientPlugin.Name"/>
    public string Name { get; }

    /// <summary>Gets what it changes.</summary>
    public SimplePluginOptions Options { get; }

    /// <inheritdoc/>
    public virtual void ConfigureClient(TemporalClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.DataConverter = Options.DataConverterOption?.Apply(options.DataConverter, (_, own) => own) ?? options.DataConverter;
        options.Interceptors = Joined(Options.ClientInterceptorsOption, options.Interceptors);
    }

    /// <inheritdoc/>
    public virtual Task<TemporalConnection> ConnectAsync(
        TemporalClientConnectOptions options, Func<TemporalClientConnectOptions, Task<TemporalConnection>> continuation)
    {
        ArgumentNullException.ThrowIfNull(continuation);
        return continuation(options);
    }

    /// <inheritdoc/>
    public virtual void ConfigureWorker(TemporalWorkerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var activity in Options.Activities) options.AddActivity(activity);
        foreach (var workflow in Options.Workflows) options.AddWorkflow(workflow);
        foreach (var service in Options.NexusServices) options.AddNexusService(service);
        options.Interceptors = Joined(Options.WorkerInterceptorsOption, options.Interceptors);
        options.WorkflowFailureExceptionTypes = Joined(
            Options.WorkflowFailureExceptionTypesOption, options.WorkflowFailureExceptionTypes);
    }

    /// <inheritdoc/>
    public virtual async Task<TResult> RunWorkerAsync<TResult>(
        TemporalWorker worker,
        Func<TemporalWorker, CancellationToken, Task<TResult>> continuation,
        CancellationToken stoppingToken)
    {
        ArgumentNullException.ThrowIfNull(continuation);
        await BeforeAsync().ConfigureAwait(false);
        try
        {
            return await continuation(worker, stoppingToken).ConfigureAwait(false);
        }
        finally
        {
            await AfterAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public virtual void ConfigureReplayer(WorkflowReplayerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.DataConverter = Options.DataConverterOption?.Apply(options.DataConverter, (_, own) => own) ?? options.DataConverter;
        foreach (var workflow in Options.Workflows) options.AddWorkflow(workflow);
        options.Interceptors = Joined(Options.WorkerInterceptorsOption, options.Interceptors);
        options.WorkflowFailureExceptionTypes = Joined(
            Options.WorkflowFailureExceptionTypesOption, options.WorkflowFailureExceptionTypes);
    }

    /// <inheritdoc/>
    public virtual async Task<IEnumerable<WorkflowReplayResult>> ReplayWorkflowsAsync(
        WorkflowReplayer replayer,
        Func<WorkflowReplayer, CancellationToken, Task<IEnumerable<WorkflowReplayResult>>> continuation,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(continuation);
        await BeforeAsync().ConfigureAwait(false);
        try
        {
            return await continuation(replayer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await AfterAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public virtual async IAsyncEnumerable<WorkflowReplayResult> ReplayWorkflowsAsync(
        WorkflowReplayer replayer,
        Func<WorkflowReplayer, IAsyncEnumerable<WorkflowReplayResult>> continuation,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(continuation);
        await BeforeAsync().ConfigureAwait(false);
        try
        {
            await foreach (var result in continuation(replayer).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
        finally
        {
            await AfterAsync().ConfigureAwait(false);
        }
    }

    private static IReadOnlyCollection<T>? Joined<T>(
        SimplePluginOptions.SimplePluginOption<IReadOnlyCollection<T>?>? option, IReadOnlyCollection<T>? before) =>
        option == null ? before : option.Apply(before, (own, more) => [.. own ?? [], .. more ?? []]);

    private Task BeforeAsync() => Options.RunContextBefore?.Invoke() ?? Task.CompletedTask;

    private Task AfterAsync() => Options.RunContextAfter?.Invoke() ?? Task.CompletedTask;
}
