using Google.Protobuf;
using Grpc.Core;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Frontend;
using Temporalio.DevServer.Tests.Engine;
using RunKey = Temporalio.DevServer.Storage.RunKey;

namespace Temporalio.DevServer.Tests.Frontend;

public class TokensTests
{
    private static readonly RunKey Run = EngineHarness.Run("w", "32049b68-7872-4094-8e63-d0dd59896a84");

    [Fact]
    public void Task_OwnTokens_SayWhatTheyWereMadeOf()
    {
        var workflow = Tokens.Task(Tokens.Of(Run, new WorkflowTaskRef(5, 6, 2)), EngineHarness.Space);
        Tokens.Run(workflow).ShouldBe(Run);
        Tokens.WorkflowTask(workflow).ShouldBe(new WorkflowTaskRef(5, 6, 2));
        var activity = Tokens.Task(Tokens.Of(Run, new ActivityRef("a", 7, 3, 99)), EngineHarness.Space);
        Tokens.Activity(activity).ShouldBe(new ActivityRef("a", 7, 3, 99));
        Tokens.Task(Tokens.OfQuery(Run, "q"), EngineHarness.Space).QueryId.ShouldBe("q");
    }

    [Fact]
    public void Task_OfAnotherNamespace_IsRefused()
    {
        var token = Tokens.Of(Run with { NamespaceId = "00000000-0000-0000-0000-000000000001" }, new WorkflowTaskRef(5, 6, 2));
        Should.Throw<RpcRefusal>(() => Tokens.Task(token, EngineHarness.Space)).StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Fact]
    public void Task_AnyBytes_AreATokenOrRefusedAndNothingElse()
    {
        var random = new Random(11);
        var own = Tokens.Of(Run, new WorkflowTaskRef(5, 6, 2)).ToByteArray();
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = (byte[])own.Clone();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var token = ByteString.CopyFrom(bytes, 0, random.Next(bytes.Length + 1));
            try
            {
                Tokens.Task(token, EngineHarness.Space).NamespaceId.ShouldBe(EngineHarness.Space.Id);
            }
            catch (RpcRefusal e)
            {
                e.StatusCode.ShouldBe(StatusCode.InvalidArgument);
            }
        }
    }
}
