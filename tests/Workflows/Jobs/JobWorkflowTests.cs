using Microsoft.Extensions.Logging.Abstractions;
using Settlement.AppHost.Temporal;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Jobs;
using Settlement.Workflows.Tests.Support;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Testing;
using Temporalio.Worker;

namespace Settlement.Workflows.Tests.Jobs;

[Collection(SkippedTimeCollection.Name)]
public sealed class JobWorkflowTests : IAsyncLifetime
{
    private WorkflowEnvironment? environment;

    public async ValueTask InitializeAsync()
    {
        environment = await WorkflowEnvironment.StartTimeSkippingAsync(new()
        {
            TestServer = new() { ExistingPath = EmbeddedExecutable.Find() },
            Identity = "settlement-test",
            LoggerFactory = NullLoggerFactory.Instance,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (environment is not null)
            await environment.DisposeAsync();
    }

    [Fact]
    public async Task Job_ThatSucceeds_RunsOneActivityForItsRunAndAnswersWhatItDid()
    {
        var jobs = new FakeJobs();
        var (handle, outcome) = await RunAsync(jobs, "Job_ThatSucceeds_RunsOneActivityForItsRunAndAnswersWhatItDid");

        outcome.Changed.ShouldBe(3);
        var run = jobs.Runs.ShouldHaveSingleItem();
        (run.Job, run.Runner).ShouldBe((JobNames.Locks, handle.ResultRunId));
        run.Slot.ShouldBe(run.AsOf, "nothing but a schedule gives a nominal time");
        jobs.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Job_ThatFailsForGood_IsWrittenDownAndFailsItsWorkflow()
    {
        var jobs = new FakeJobs { Error = "the disk is full" };
        var failure = await Should.ThrowAsync<WorkflowFailedException>(() => RunAsync(jobs, "Job_ThatFailsForGood_IsWrittenDownAndFailsItsWorkflow"));

        failure.InnerException.ShouldBeOfType<ActivityFailureException>().InnerException!.Message.ShouldBe("the disk is full");
        var written = jobs.Failures.ShouldHaveSingleItem();
        written.Error.ShouldBe("the disk is full");
        written.Run.ShouldBe(jobs.Runs[0]);
    }

    private async Task<(WorkflowHandle<IJobWorkflow, JobOutcome> Handle, JobOutcome Outcome)> RunAsync(FakeJobs jobs, string name)
    {
        var client = environment!.Client;
        var queue = $"jobs-{name.Length}";
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(queue) { LoggerFactory = NullLoggerFactory.Instance }
            .AddWorkflow<JobWorkflow>().AddAllActivities(jobs));
        return await worker.ExecuteAsync(async () =>
        {
            var handle = await client.StartWorkflowAsync(
                (IJobWorkflow workflow) => workflow.RunAsync(new JobRequest { Job = JobNames.Locks }), new WorkflowOptions($"job-{queue}", queue));
            try
            {
                return (handle, await handle.GetResultAsync());
            }
            finally
            {
                await HistoryRecorder.SaveAsync(name, handle);
            }
        });
    }

    private sealed class FakeJobs : IJobActivities
    {
        public string? Error { get; init; }

        public List<JobRunInput> Runs { get; } = [];

        public List<JobFailureInput> Failures { get; } = [];

        [Activity("RunJob")]
        public Task<JobOutcome> RunJobAsync(JobRunInput input)
        {
            Runs.Add(input);
            return Error is null
                ? Task.FromResult(new JobOutcome { Result = "done", Changed = 3, Findings = ["a finding"], FindingCount = 1 })
                : throw new ApplicationFailureException(Error, errorType: "Disk", nonRetryable: true);
        }

        [Activity("FailJob")]
        public Task FailJobAsync(JobFailureInput input)
        {
            Failures.Add(input);
            return Task.CompletedTask;
        }
    }
}
