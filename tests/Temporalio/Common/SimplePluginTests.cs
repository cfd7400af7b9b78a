using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.InTree.Tests.Support;
using Temporalio.InTree.Tests.Worker;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.Common;

/// <summary>Plugins of clients, workers and replayers.</summary>
public sealed class SimplePluginTests
{
    [Fact]
    public async Task Plugin_OfAWorker_ConfiguresAndWrapsItsRun()
    {
        List<string> order = [];
        var plugin = new SimplePlugin("test", new SimplePluginOptions
        {
            WorkflowFailureExceptionTypes = [typeof(InvalidOperationException)],
            RunContextBefore = () => Note("before"),
            RunContextAfter = () => Note("after"),
        }.AddActivity(Work));
        using var worker = new TemporalWorker(
            new ScriptedClient(new ScriptedService()),
            new("queue") { Plugins = [plugin], WorkflowFailureExceptionTypes = [typeof(ArgumentException)] });

        worker.Options.Activities.Single().Name.ShouldBe("Work");
        worker.Options.WorkflowFailureExceptionTypes.ShouldBe([typeof(ArgumentException), typeof(InvalidOperationException)]);
        await worker.ExecuteAsync(() => Note("task"));
        order.ShouldBe(["before", "task", "after"]);

        Task Note(string what)
        {
            order.Add(what);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public void Plugin_WithAFunction_ChangesTheDataConverter()
    {
        var plugin = new SimplePlugin("test", new()
        {
            DataConverterOption = new(converter => converter with { PayloadCodec = new Base64Codec() }),
        });
        var client = TemporalClient.CreateLazy(new("127.0.0.1:1") { Plugins = [plugin] });

        client.Options.DataConverter.PayloadCodec.ShouldBeOfType<Base64Codec>();
        client.Options.DataConverter.PayloadConverter.ShouldBeSameAs(DataConverter.Default.PayloadConverter);
    }

    [Fact]
    public async Task Plugin_OfAReplayer_GivesItItsWorkflows()
    {
        var ran = 0;
        var plugin = new SimplePlugin("test", new SimplePluginOptions
        {
            RunContextBefore = () =>
            {
                ran++;
                return Task.CompletedTask;
            },
        }.AddWorkflow<Flow>());
        var replayer = new WorkflowReplayer(new() { Plugins = [plugin] });

        (await replayer.ReplayWorkflowsAsync([])).ShouldBeEmpty();
        await foreach (var result in replayer.ReplayWorkflowsAsync(AsyncEnumerable.Empty<WorkflowHistory>()))
        {
            result.ShouldBeNull();
        }

        replayer.Options.Workflows.Single().Name.ShouldBe("Flow");
        ran.ShouldBe(2);
    }

    [Activity]
    public static string Work() => "done";

    [Workflow]
    public sealed class Flow
    {
        [WorkflowRun]
        public Task RunAsync() => Task.CompletedTask;
    }
}
