using NexusRpc;
using NexusRpc.Handlers;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Nexus;

namespace Temporalio.InTree.Tests.Nexus;

/// <summary>Services, their handlers, tokens and links.</summary>
public sealed class ServiceHandlerTests
{
    [NexusService]
    public interface ICounter
    {
        [NexusOperation]
        int Count(string text);
    }

    [Fact]
    public void FromType_OfAService_ReadsNamesAndTypes()
    {
        var service = ServiceDefinition.FromType<IGreetingService>();

        service.Name.ShouldBe("GreetingService");
        service.Operations.Keys.ShouldBe(["Greet", "by-workflow", "WaitByWorkflow", "Nothing", "Fail"]);
        service.Operations["Nothing"].InputType.ShouldBe(typeof(void));
        service.Operations["Nothing"].OutputType.ShouldBe(typeof(void));
        service.Operations["by-workflow"].InputType.ShouldBe(typeof(string));
    }

    [Fact]
    public void FromInstance_WithTheWrongResult_SaysWhichMethodAndWhatIsExpected()
    {
        var error = Should.Throw<ArgumentException>(() => ServiceHandlerInstance.FromInstance(new WrongCounter()));

        error.Message.ShouldBe("Failed obtaining operation handler from Count");
        error.InnerException.ShouldBeOfType<ArgumentException>().Message.ShouldBe("Expected return type of IOperationHandler<String, Int32>");
    }

    [Fact]
    public void FromInstance_WithoutAHandler_SaysWhichIsMissing() =>
        Should.Throw<ArgumentException>(() => ServiceHandlerInstance.FromInstance(new NoCounter())).Message.ShouldContain("'Count'");

    [Fact]
    public void Token_OfAWorkflowRun_IsReadBack()
    {
        var handle = NexusWorkflowRunHandle.FromToken(new NexusWorkflowRunHandle("bank", "settle-1", 0).ToToken());

        handle.Namespace.ShouldBe("bank");
        handle.WorkflowId.ShouldBe("settle-1");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("bm90IGpzb24")]
    [InlineData("eyJ0IjoyLCJ3aWQiOiJ4In0")]
    [InlineData("eyJ0IjoxLCJ3aWQiOiJ4IiwidiI6OX0")]
    public void Token_ThatIsNoneOfOurs_IsRefused(string token) =>
        Should.Throw<ArgumentException>(() => NexusWorkflowRunHandle.FromToken(token));

    [Fact]
    public void Token_OfAnotherKind_IsParsedAndRefusedAsAWorkflowRun()
    {
        var token = NexusWorkflowRunHandle.Base64UrlEncode("""{"t":99,"ns":"bank","wid":"a?b"}"""u8.ToArray());

        NexusWorkflowRunHandle.ParseToken(token).ShouldBe(new("bank", "a?b", null, 99));
        Should.Throw<ArgumentException>(() => NexusWorkflowRunHandle.FromToken(token)).Message.ShouldStartWith("Invalid token type: 99, expected 1");
        NexusWorkflowRunHandle.Base64UrlDecode(token)[0].ShouldBe((byte)'{');
    }

    [Fact]
    public void Link_ToAWorkflowEvent_IsReadBack()
    {
        var link = new Link.Types.WorkflowEvent
        {
            Namespace = "b/1",
            WorkflowId = "a b?c",
            RunId = "r",
            EventRef = new() { EventId = 7, EventType = EventType.NexusOperationScheduled },
        };

        link.ToNexusLink().ToWorkflowEvent().ShouldBe(link);
        new NexusLink(new("temporal:///namespaces/n/workflows/w/r/history?referenceType=EventReference&eventType=EVENT_TYPE_TIMER_FIRED"), "t")
            .ToWorkflowEvent().EventRef.EventType.ShouldBe(EventType.TimerFired);
    }

    [Theory]
    [InlineData("https://x/namespaces/n/workflows/w/r/history?referenceType=EventReference")]
    [InlineData("temporal:///namespaces/n/workflows/w/history?referenceType=EventReference")]
    [InlineData("temporal:///namespaces/n/workflows/w/r/history")]
    [InlineData("temporal:///namespaces/n/workflows/w/r/history?referenceType=EventReference&eventID=-1")]
    public void Link_ThatIsNone_IsRefused(string uri) =>
        Should.Throw<ArgumentException>(() => new NexusLink(new(uri), "t").ToWorkflowEvent());

    [NexusServiceHandler(typeof(ICounter))]
    private sealed class WrongCounter
    {
        [NexusOperationHandler]
        public IOperationHandler<string, string> Count() => OperationHandler.Sync<string, string>((_, text) => text);
    }

    [NexusServiceHandler(typeof(ICounter))]
    private sealed class NoCounter;
}
