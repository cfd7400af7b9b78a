using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.InTree.Tests.Support;

namespace Temporalio.InTree.Tests.Client;

public class WorkerVersioningTests
{
    [Fact]
    public async Task UpdateWorkerBuildIdCompatibilityAsync_EachChange_IsInTheRequest()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        BuildIdOp[] changes =
        [
            new BuildIdOp.AddNewDefault("1"), new BuildIdOp.AddNewCompatible("2", "1", MakeSetDefault: true),
            new BuildIdOp.PromoteSetByBuildId("3"), new BuildIdOp.PromoteBuildIdWithinSet("4"), new BuildIdOp.MergeSets("5", "6"),
        ];

        foreach (var change in changes)
        {
            script.Answer("UpdateWorkerBuildIdCompatibility", new UpdateWorkerBuildIdCompatibilityResponse());
            await client.UpdateWorkerBuildIdCompatibilityAsync("queue", change);
        }

        var requests = script.RequestsOf<UpdateWorkerBuildIdCompatibilityRequest>();
        requests.ShouldAllBe(r => r.TaskQueue == "queue" && r.Namespace == "scripted");
        requests[0].AddNewBuildIdInNewDefaultSet.ShouldBe("1");
        requests[1].AddNewCompatibleBuildId.ExistingCompatibleBuildId.ShouldBe("1");
        requests[1].AddNewCompatibleBuildId.MakeSetDefault.ShouldBeTrue();
        requests[2].PromoteSetByBuildId.ShouldBe("3");
        requests[3].PromoteBuildIdWithinSet.ShouldBe("4");
        requests[4].MergeSets.SecondarySetBuildId.ShouldBe("6");
    }

    [Fact]
    public async Task GetWorkerBuildIdCompatibilityAsync_Sets_LastIsDefault()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        script
            .Answer("GetWorkerBuildIdCompatibility", new GetWorkerBuildIdCompatibilityResponse
            {
                MajorVersionSets = { new CompatibleVersionSet { BuildIds = { "1", "1.1" } } },
            })
            .Answer("GetWorkerBuildIdCompatibility", new GetWorkerBuildIdCompatibilityResponse());

        var sets = await client.GetWorkerBuildIdCompatibilityAsync("queue");

        sets!.DefaultBuildId().ShouldBe("1.1");
        sets.DefaultSet().BuildIds.ShouldBe(["1", "1.1"]);
        (await client.GetWorkerBuildIdCompatibilityAsync("unversioned")).ShouldBeNull();
    }

    [Fact]
    public async Task GetWorkerTaskReachabilityAsync_QueueNotLookedAt_IsSetApart()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        script.Answer("GetWorkerTaskReachability", new GetWorkerTaskReachabilityResponse
        {
            BuildIdReachability =
            {
                new Temporalio.Api.TaskQueue.V1.BuildIdReachability
                {
                    BuildId = "1",
                    TaskQueueReachability =
                    {
                        new TaskQueueReachability { TaskQueue = "a", Reachability = { TaskReachability.NewWorkflows } },
                        new TaskQueueReachability { TaskQueue = "b", Reachability = { TaskReachability.Unspecified } },
                        new TaskQueueReachability { TaskQueue = "c" },
                    },
                },
            },
        });

        var answer = await client.GetWorkerTaskReachabilityAsync(["1"], [], TaskReachability.OpenWorkflows);

        var build = answer.BuildIdReachability["1"];
        build.TaskQueueReachability["a"].ShouldBe([TaskReachability.NewWorkflows]);
        build.TaskQueueReachability["c"].ShouldBeEmpty();
        build.UnretrievedTaskQueues.ShouldBe(["b"]);
        script.RequestsOf<GetWorkerTaskReachabilityRequest>().Single().Reachability.ShouldBe(TaskReachability.OpenWorkflows);
    }
}
