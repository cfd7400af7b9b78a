using Settlement.Workflows.Jobs;
using Settlement.Workflows.Settlement;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Settlement.Replay.Tests;

/// <summary>
/// Every settlement path that was ever released must replay with the code of today: a history that does not would leave its
/// settlement stuck after the deploy. The histories come from tests/Workflows; its HistoryRecorder says how to record them again.
/// </summary>
public sealed class ReplayTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Histories");

    public static TheoryData<string> Paths
    {
        get
        {
            var paths = new TheoryData<string>();
            foreach (var file in Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal))
                paths.Add(Path.GetFileNameWithoutExtension(file));
            return paths;
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Replay_RecordedPath_MatchesTheWorkflowOfToday(string path)
    {
        var replayer = new WorkflowReplayer(Patient().AddWorkflow<SettlementWorkflow>().AddWorkflow<JobWorkflow>());

        var result = await replayer.ReplayWorkflowAsync(Read(path), throwOnReplayFailure: false);

        result.ReplayFailure.ShouldBeNull();
    }

    [Fact]
    public async Task Replay_AlteredWorkflow_IsFoundOut()
    {
        var replayer = new WorkflowReplayer(Patient().AddWorkflow<AlteredWorkflow>());

        var result = await replayer.ReplayWorkflowAsync(Read("Run_BankSettlesAtOnce_TakesFiveActivitiesAndNoTimer"), throwOnReplayFailure: false);

        result.ReplayFailure.ShouldBeOfType<WorkflowNondeterminismException>();
    }

    [Fact]
    public void Paths_Recorded_CoverEveryWayThroughTheProcess() => Paths.Count.ShouldBeGreaterThanOrEqualTo(50);

    /// <summary>Without the detector of deadlocks: a machine busy with all other tests looks like one.</summary>
    private static WorkflowReplayerOptions Patient() => new() { DebugMode = true };

    private static WorkflowHistory Read(string path) =>
        WorkflowHistory.FromJson(path, File.ReadAllText(Path.Combine(Folder, path + ".json")));
}
