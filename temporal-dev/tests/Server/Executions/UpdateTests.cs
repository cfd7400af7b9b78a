using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Executions;

namespace Temporalio.DevServer.Tests.Executions;

public class UpdateTests
{
    private static readonly SignalFacts Signal = new("s", null, "client", "", null, []);

    [Fact]
    public void Admit_OfAWaitingRun_MakesATaskThatLeavesNothingUntilItIsAccepted()
    {
        var scenario = Idle();
        scenario.Do(t => t.AdmitUpdate(Update("u"))).IsNew.ShouldBeTrue();
        scenario.Last.Write.ShouldBeNull();
        scenario.State.IsEvictable.ShouldBeFalse();

        var task = scenario.Poll();
        scenario.Last.Write.ShouldBeNull();
        task.Response.Messages.Single().Body.Unpack<Request>().ShouldBe(Update("u"));
        task.Response.Messages.Single().EventId.ShouldBe(5);
        task.Suffix.Count.ShouldBe(2);
        scenario.Answer(task, Answered(Accepted("u", 5), Completed("u", "yes")));

        scenario.Types.Skip(4).ShouldBe(["WorkflowTaskScheduled", "WorkflowTaskStarted", "WorkflowTaskCompleted", "WorkflowExecutionUpdateAccepted", "WorkflowExecutionUpdateCompleted"]);
        scenario.Event(EventType.WorkflowExecutionUpdateCompleted).WorkflowExecutionUpdateCompletedEventAttributes.AcceptedEventId.ShouldBe(8);
        scenario.State.FindUpdate("u")!.Outcome!.Success.ShouldBe(PayloadFacts.Text("yes"));
        scenario.Last.Updates[^1].Stage.ShouldBe(UpdateWorkflowExecutionLifecycleStage.Completed);
    }

    [Fact]
    public void Reject_OfEveryUpdate_LeavesNothingAndSetsTheWorkerBack()
    {
        var scenario = Idle();
        scenario.Do(t => t.AdmitUpdate(Update("u")));
        var result = scenario.Answer(scenario.Poll(), Answered(Rejected("u")));

        result.ResetHistoryEventId.ShouldBe(3);
        scenario.Last.Write.ShouldBeNull();
        scenario.Events.Count.ShouldBe(4);
        scenario.State.FindUpdate("u")!.Outcome!.Failure.Message.ShouldBe("no");
        scenario.State.IsEvictable.ShouldBeTrue();
        scenario.Do(t => t.AdmitUpdate(Update("u"))).IsNew.ShouldBeTrue();
    }

    [Fact]
    public void Answer_ThatIgnoresTheUpdate_RejectsIt()
    {
        var scenario = Idle();
        scenario.Do(t => t.AdmitUpdate(Update("u")));
        scenario.Answer(scenario.Poll());

        scenario.State.FindUpdate("u")!.Outcome!.Failure.ApplicationFailureInfo.Type.ShouldBe("UnprocessedUpdate");
        scenario.Events.Count.ShouldBe(4);
    }

    [Fact]
    public void Signal_WhileTheSpeculativeTaskWaits_MakesItReal()
    {
        var scenario = Idle();
        scenario.Do(t => t.AdmitUpdate(Update("u")));
        scenario.Do(t => t.Signal(Signal));
        scenario.Types.Skip(4).ShouldBe(["WorkflowTaskScheduled", "WorkflowExecutionSignaled"]);

        scenario.Poll().Response.Messages.Count.ShouldBe(1);
        scenario.Types.Last().ShouldBe("WorkflowTaskStarted");
    }

    [Fact]
    public void Signal_WhileTheSpeculativeTaskIsWithAWorker_IsBufferedAndTheTaskIsReal()
    {
        var scenario = Idle();
        scenario.Do(t => t.AdmitUpdate(Update("u")));
        var task = scenario.Poll();
        scenario.Do(t => t.Signal(Signal));
        scenario.Types.Skip(4).ShouldBe(["WorkflowTaskScheduled", "WorkflowTaskStarted"]);
        scenario.Answer(task, Answered(Rejected("u")));

        scenario.Types.Skip(6).ShouldBe(["WorkflowTaskCompleted", "WorkflowExecutionSignaled", "WorkflowTaskScheduled"]);
    }

    [Fact]
    public void Admit_DuringATask_IsSentWithTheNextOne()
    {
        var scenario = Scenario.Started();
        var task = scenario.Poll();
        scenario.Do(t => t.AdmitUpdate(Update("u")));
        var request = Scenario.Request();
        request.ReturnNewWorkflowTask = true;
        scenario.Answer(task, request);

        scenario.State.Task!.IsSpeculative.ShouldBeTrue();
        scenario.Poll().Response.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public void Fire_SpeculativeTaskThatNobodyTakes_TimesOutIntoARealOne()
    {
        var scenario = Idle();
        scenario.Do(t => t.AdmitUpdate(Update("u")));
        scenario.Pass(TimeSpan.FromSeconds(5));

        scenario.Types.Skip(4).Take(2).ShouldBe(["WorkflowTaskScheduled", "WorkflowTaskTimedOut"]);
        scenario.Poll().Response.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public void FailWorkflowTask_WithAnUpdate_SendsItAgain()
    {
        var scenario = Idle();
        scenario.Do(t => t.AdmitUpdate(Update("u")));
        scenario.Do(t => t.FailWorkflowTask(scenario.Poll().Task, new RespondWorkflowTaskFailedRequest { Identity = "worker" }));

        scenario.Types.Skip(4).ShouldBe(["WorkflowTaskScheduled", "WorkflowTaskStarted", "WorkflowTaskFailed"]);
        scenario.Poll().Response.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public void Close_WithOpenUpdates_EndsTheAcceptedWithAFailureAndTheAdmittedWithARefusal()
    {
        var scenario = Idle();
        scenario.Do(t => t.AdmitUpdate(Update("accepted")));
        scenario.Answer(scenario.Poll(), Answered(Accepted("accepted", 5)));
        scenario.Do(t => t.Signal(Signal));
        var task = scenario.Poll();
        scenario.Do(t => t.AdmitUpdate(Update("late")));
        scenario.Answer(task, Commands.Complete());

        scenario.State.FindUpdate("accepted")!.Outcome!.Failure.ApplicationFailureInfo.Type.ShouldBe("AcceptedUpdateCompletedWorkflow");
        scenario.State.FindUpdate("late")!.Lost!.Message.ShouldBe("workflow update was aborted by closing workflow");
        scenario.Do(t => t.AdmitUpdate(Update("accepted"))).IsNew.ShouldBeFalse();
        Should.Throw<RpcRefusal>(() => scenario.Do(t => t.AdmitUpdate(Update("new")))).Message.ShouldBe("workflow execution already completed");
    }

    [Fact]
    public void Complete_OfAnUpdateNobodyKnows_FailsTheTask()
    {
        var scenario = Idle();
        scenario.Do(t => t.Signal(Signal));
        var result = scenario.Answer(scenario.Poll(), Answered(Completed("ghost", "x")));

        result.Refusal!.Message.ShouldStartWith("BadUpdateWorkflowExecutionMessage: update ghost wasn't found on the server.");
        scenario.Event(EventType.WorkflowTaskFailed).WorkflowTaskFailedEventAttributes.Cause.ShouldBe(WorkflowTaskFailedCause.BadUpdateWorkflowExecutionMessage);
    }

    [Fact]
    public void Accept_OfAnUpdateLostWithARestart_RevivesItFromTheWorkersCopy()
    {
        var scenario = Idle();
        scenario.Do(t => t.Signal(Signal));
        var accepted = new Acceptance { AcceptedRequestMessageId = "u/request", AcceptedRequestSequencingEventId = 6, AcceptedRequest = Update("u") };
        scenario.Answer(scenario.Poll(), Answered(Message("u", accepted, "u/accept"))).Refusal.ShouldBeNull();

        scenario.Event(EventType.WorkflowExecutionUpdateAccepted).WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequest.ShouldBe(Update("u"));
    }

    [Fact]
    public void Admit_EleventhOpenOne_IsRefused()
    {
        var scenario = Idle();
        for (var i = 0; i < 10; i++)
            scenario.Do(t => t.AdmitUpdate(Update($"u{i}")));

        Should.Throw<RpcRefusal>(() => scenario.Do(t => t.AdmitUpdate(Update("u10")))).Message
            .ShouldBe("limit on number of concurrent in-flight updates has been reached (10)");
        scenario.Poll().Response.Messages.Select(m => m.ProtocolInstanceId).ShouldBe(Enumerable.Range(0, 10).Select(i => $"u{i}"));
    }

    /// <summary>A run that has done its first task and waits.</summary>
    private static Scenario Idle()
    {
        var scenario = Scenario.Started();
        scenario.Work();
        return scenario;
    }

    internal static Request Update(string id) => new() { Meta = new Meta { UpdateId = id, Identity = "client" }, Input = new Input { Name = "Set" } };

    internal static RespondWorkflowTaskCompletedRequest Answered(params Message[] messages)
    {
        var request = Scenario.Request([.. messages.Where(m => !m.Body.Is(Rejection.Descriptor)).Select(m => Commands.Message(m.Id))]);
        request.Messages.AddRange(messages);
        return request;
    }

    internal static Message Accepted(string id, long sequence) =>
        Message(id, new Acceptance { AcceptedRequestMessageId = $"{id}/request", AcceptedRequestSequencingEventId = sequence }, $"{id}/accept");

    internal static Message Completed(string id, string result) =>
        Message(id, new Response { Meta = new Meta { UpdateId = id }, Outcome = new Outcome { Success = PayloadFacts.Text(result) } }, $"{id}/complete");

    private static Message Rejected(string id) => Message(id, new Rejection { Failure = new() { Message = "no" } }, $"{id}/reject");

    private static Message Message(string id, Google.Protobuf.IMessage body, string messageId) => new() { Id = messageId, ProtocolInstanceId = id, Body = Any.Pack(body) };
}
