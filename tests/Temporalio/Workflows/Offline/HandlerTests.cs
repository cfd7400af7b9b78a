using Temporalio.Api.Enums.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Worker.WorkflowTasks;

namespace Temporalio.InTree.Tests.Workflows.Offline;

/// <summary>Signals, queries and updates.</summary>
public sealed class HandlerTests
{
    [Fact]
    public async Task Signal_NobodyKnows_WaitsForItsHandler()
    {
        var workflow = OfflineWorkflow.Of<HandlersWorkflow>();
        workflow.Signal("Late", "one");
        await workflow.TaskAsync();
        workflow.Signal("Late", "two");
        workflow.Signal("Release");
        RunTests.ResultOf(await workflow.TaskAsync()).ShouldBe("main,late one,late two");
        await workflow.ReplayAsync<HandlersWorkflow>();
    }

    [Fact]
    public async Task Signal_ThatCannotBeDecoded_IsDropped()
    {
        var workflow = OfflineWorkflow.Of<HandlersWorkflow>();
        workflow.SignalGarbage("Number");
        workflow.Signal("Number");
        workflow.Signal("Number", 7);
        await workflow.TaskAsync();
        workflow.Signal("Release");
        RunTests.ResultOf(await workflow.TaskAsync()).ShouldBe("number 7,main");
        await workflow.ReplayAsync<HandlersWorkflow>();
    }

    [Fact]
    public async Task Update_Valid_IsAcceptedAndCompletedInPlace()
    {
        var workflow = OfflineWorkflow.Of<HandlersWorkflow>();
        workflow.Update("u1", "Change", "fast");
        var commands = await workflow.TaskAsync();
        commands.Select(c => c.ProtocolMessageCommandAttributes.MessageId).ShouldBe(["u1/request/accept", "u1/request/complete"]);
        workflow.Answers.Select(m => m.Id).ShouldBe(["u1/request/accept", "u1/request/complete"]);
        AnswerOf(workflow).ShouldBe("FAST");
        workflow.Signal("Release");
        RunTests.ResultOf(await workflow.TaskAsync()).ShouldBe("update fast u1,main");
        await workflow.ReplayAsync<HandlersWorkflow>();
    }

    [Fact]
    public async Task Update_ThatTakesTime_IsCompletedLater()
    {
        var workflow = OfflineWorkflow.Of<HandlersWorkflow>();
        await workflow.TaskAsync();
        workflow.Update("u1", "Change", "slow");
        (await workflow.TaskAsync()).Select(c => c.CommandType).ShouldBe([CommandType.ProtocolMessage, CommandType.StartTimer]);
        workflow.Signal("Release");
        (await workflow.TaskAsync()).ShouldBeEmpty();
        workflow.FireTimer("1");
        var commands = await workflow.TaskAsync();
        commands.Select(c => c.CommandType).ShouldBe([CommandType.ProtocolMessage, CommandType.CompleteWorkflowExecution]);
        AnswerOf(workflow).ShouldBe("SLOW");
        await workflow.ReplayAsync<HandlersWorkflow>();
    }

    [Theory]
    [InlineData("Change", "", "nothing given")]
    [InlineData("Unknown", "x", "Update handler for Unknown expected but not found")]
    public async Task Update_Refused_LeavesNoTrace(string name, string argument, string message)
    {
        var workflow = OfflineWorkflow.Of<HandlersWorkflow>();
        await workflow.TaskAsync();
        workflow.Update("u1", name, argument);
        (await workflow.TaskAsync()).ShouldBeEmpty();
        var rejection = workflow.Answers.Single();
        rejection.Id.ShouldBe("u1/request/reject");
        rejection.Body.Unpack<Rejection>().Failure.Message.ShouldContain(message);
        (await LogAsync(workflow)).ShouldBe(["main"]);
    }

    [Fact]
    public async Task Update_HandlerFails_CompletesWithTheFailure()
    {
        var workflow = OfflineWorkflow.Of<HandlersWorkflow>();
        await workflow.TaskAsync();
        workflow.Update("u1", "Refuse");
        await workflow.TaskAsync();
        workflow.Answers[^1].Body.Unpack<Response>().Outcome.Failure.ApplicationFailureInfo.Type.ShouldBe("Refused");
        await workflow.ReplayAsync<HandlersWorkflow>();
    }

    [Fact]
    public async Task Update_ValidatorAsksForSomething_FailsTheTask()
    {
        var workflow = OfflineWorkflow.Of<HandlersWorkflow>();
        await workflow.TaskAsync();
        workflow.Update("u1", "Change", "mischief");
        (await Should.ThrowAsync<WorkflowTaskFailure>(() => workflow.TaskAsync()))
            .Failure.ShouldBeOfType<InvalidWorkflowOperationException>();
    }

    [Theory]
    [InlineData("Broken", "no answer")]
    [InlineData("Mischief", "created workflow commands")]
    [InlineData("Nothing", "known queries: [Broken Log Mischief]")]
    [InlineData("__stack_trace", "not enabled")]
    public async Task Query_ThatCannotBeAnswered_FailsAlone(string name, string message)
    {
        var workflow = OfflineWorkflow.Of<HandlersWorkflow>();
        await workflow.TaskAsync();
        var result = await workflow.QueryAsync(name);
        result.ResultType.ShouldBe(QueryResultType.Failed);
        result.ErrorMessage.ShouldContain(message);
        (await LogAsync(workflow)).ShouldBe(["main"]);
    }

    [Fact]
    public async Task Query_StackTrace_SaysWhereTheWorkflowWaits()
    {
        var workflow = OfflineWorkflow.Of(typeof(HandlersWorkflow), o => o with { StackTrace = WorkflowStackTrace.WithoutFileInfo });
        await workflow.TaskAsync();
        var trace = DataConverter.Default.PayloadConverter.ToValue<string>((await workflow.QueryAsync("__stack_trace")).Answer.Payloads_[0]);
        trace.ShouldContain("Task waiting at:");
        trace.ShouldContain(nameof(HandlersWorkflow));
    }

    [Fact]
    public async Task Query_Metadata_ListsHandlersAndDetails()
    {
        var workflow = OfflineWorkflow.Of<HandlersWorkflow>();
        await workflow.TaskAsync();
        var answer = (await workflow.QueryAsync("__temporal_workflow_metadata")).Answer.Payloads_[0];
        var metadata = DataConverter.Default.PayloadConverter.ToValue<WorkflowMetadata>(answer);
        metadata.CurrentDetails.ShouldBe("**waiting**");
        metadata.Definition.Type.ShouldBe("HandlersWorkflow");
        metadata.Definition.UpdateDefinitions.Select(u => (u.Name, u.Description))
            .ShouldBe([("Change", "Changes the text"), ("Refuse", string.Empty)]);
    }

    [Fact]
    public async Task Dynamic_AnyName_IsServed()
    {
        var workflow = OfflineWorkflow.Of<DynamicWorkflow>("a", "b");
        workflow.Signal("Hello", "there");
        await workflow.TaskAsync();
        DataConverter.Default.PayloadConverter.ToValue<string>((await workflow.QueryAsync("What")).Answer.Payloads_[0]).ShouldBe("query What");
        workflow.Update("u1", "End");
        RunTests.ResultOf(await workflow.TaskAsync()).ShouldBe("signal Hello there,SomeType/2");
    }

    [Fact]
    public async Task Dynamic_NamesOfTemporal_AreNotServed()
    {
        var workflow = OfflineWorkflow.Of<DynamicWorkflow>("a", "b");
        workflow.Signal("__temporal_x", "there");
        await workflow.TaskAsync();
        (await workflow.QueryAsync("__temporal_x")).ErrorMessage.ShouldContain("not found");
        workflow.Update("u1", "End");
        RunTests.ResultOf(await workflow.TaskAsync()).ShouldBe("SomeType/2");
    }

    [Fact]
    public async Task Init_Constructor_ReceivesTheArguments()
    {
        var workflow = OfflineWorkflow.Of<InitWorkflow>("gold");
        RunTests.ResultOf(await workflow.TaskAsync()).ShouldBe("gold of offline 4");
        await workflow.ReplayAsync<InitWorkflow>();
    }

    private static string AnswerOf(OfflineWorkflow workflow) => DataConverter.Default.PayloadConverter.ToValue<string>(
        workflow.Answers[^1].Body.Unpack<Response>().Outcome.Success.Payloads_[0]);

    private static async Task<string[]> LogAsync(OfflineWorkflow workflow) =>
        DataConverter.Default.PayloadConverter.ToValue<string[]>((await workflow.QueryAsync("Log")).Answer.Payloads_[0]);
}
