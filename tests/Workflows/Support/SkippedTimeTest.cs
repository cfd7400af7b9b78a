using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Settlement.AppHost.Temporal;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Settlement;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;
using Temporalio.Testing;
using Temporalio.Worker;

namespace Settlement.Workflows.Tests.Support;

/// <summary>
/// A test against a server with skipped time. Each test has a server of its own: its time moves only while a result
/// is awaited or a delay asked for.
/// </summary>
/// <param name="server">Executable of the server; null: it is not on this machine, and <see cref="RunAsync"/> skips.</param>
public abstract class SkippedTimeTest(string? server) : IAsyncLifetime
{
    /// <summary>Recorded histories name who made them: a test, and no machine.</summary>
    protected const string Identity = "settlement-test";

    private WorkflowEnvironment? environment;

    /// <summary>On the embedded server.</summary>
    protected SkippedTimeTest()
        : this(EmbeddedExecutable.Find())
    {
    }

    private WorkflowEnvironment Environment => environment ?? throw new InvalidOperationException("The server is not started.");

    private ITemporalClient Client => Environment.Client;

    public async ValueTask InitializeAsync()
    {
        if (server is null)
            return;
        environment = await StartAsync(server);
        var attributes = new AddSearchAttributesRequest { Namespace = "default" };
        foreach (var key in SettlementSearchAttributes.All)
            attributes.SearchAttributes.Add(key.Name, key.ValueType);
        await environment.Client.Connection.OperatorService.AddSearchAttributesAsync(attributes);
    }

    /// <summary>Starts the server; an inheritor may want one whose time is everybody's.</summary>
    protected virtual Task<WorkflowEnvironment> StartAsync(string server) => WorkflowEnvironment.StartTimeSkippingAsync(new()
    {
        TestServer = new() { ExistingPath = server },
        Identity = Identity,
        LoggerFactory = NullLoggerFactory.Instance,
    });

    public async ValueTask DisposeAsync()
    {
        if (environment is not null)
            await environment.DisposeAsync();
    }

    /// <summary>Starts a settlement against fake activities and runs the test while a worker serves it.</summary>
    private protected async Task RunAsync(
        FakeActivities activities, Func<RunningSettlement, Task> test, Func<SettlementRequest, SettlementRequest>? change = null,
        [CallerMemberName] string name = "")
    {
        Assert.SkipWhen(server is null, Oracles.MissingReason);
        var request = Requests.Cash(new DateTimeOffset(await Environment.GetCurrentTimeAsync(), TimeSpan.Zero));
        request = change is null ? request : change(request);
        var options = SettlementStart.Options(request);
        options.TaskQueue = options.Id;
        using var worker = new TemporalWorker(Client, new TemporalWorkerOptions(options.Id!)
        {
            LoggerFactory = NullLoggerFactory.Instance,
        }.AddWorkflow<SettlementWorkflow>().AddAllActivities(activities));
        await worker.ExecuteAsync(async () =>
        {
            var handle = await Client.StartWorkflowAsync((ISettlementWorkflow workflow) => workflow.RunAsync(request), options);
            await test(new RunningSettlement(Environment, handle, request));
            await HistoryRecorder.SaveAsync(name, handle);
        });
    }
}
