using Microsoft.Extensions.Logging.Abstractions;
using Settlement.Activities.Jobs;
using Settlement.Activities.Tests.Support;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Settlement.Activities.Tests.Jobs;

[Collection(BooksCollection.Name)]
public sealed class JobActivitiesTests(Books books)
{
    [Fact]
    public async Task RunJob_SameSlotFromTwoRuns_IsRunOnce()
    {
        var job = new CountingJob();
        var slot = Slot();
        var outcomes = await Task.WhenAll(Activities(job).RunJobAsync(Run(job, slot, "one")), Activities(job).RunJobAsync(Run(job, slot, "two")));
        outcomes.Select(outcome => outcome.Result).ShouldBe(["done", "not_ours"], ignoreOrder: true);
        job.Runs.ShouldBe(1);
        (await DetailAsync(job, slot)).ShouldContain("one finding");
    }

    [Fact]
    public async Task RunJob_ThatThrows_IsRunAgainByItsNextAttempt()
    {
        var job = new CountingJob { FailuresLeft = 1 };
        var slot = Slot();
        await Should.ThrowAsync<InvalidOperationException>(() => Activities(job).RunJobAsync(Run(job, slot, "one")));
        (await Activities(job).RunJobAsync(Run(job, slot, "one"))).Result.ShouldBe("done");
    }

    [Fact]
    public async Task FailJob_AfterTheLastAttempt_IsInTheLedgerAndInTheAudit()
    {
        var job = new CountingJob { FailuresLeft = 1 };
        var run = Run(job, Slot(), "one");
        await Should.ThrowAsync<InvalidOperationException>(() => Activities(job).RunJobAsync(run));
        await Activities(job).FailJobAsync(new JobFailureInput { Run = run, Error = "the disk is full" });
        (await StateAsync(job, run.Slot)).ShouldBe("FAILED");
        (await ScalarAsync($"SELECT count(*) FROM settlement.audit_log WHERE action = 'job_failed' AND target = 'job:{job.Name}' AND reason = 'the disk is full'")).ShouldBe(1L);
        (await Activities(job).RunJobAsync(run with { Runner = "two" })).Result.ShouldBe("done", "a failed slot may be run by another");
    }

    [Fact]
    public async Task RunJob_SchedulesStopped_IsSkippedAndSaysWhy()
    {
        var job = new CountingJob();
        var run = Run(job, Slot(), "one");
        using var reference = new ReferenceDataCache(books.DataSource);
        await books.Get<ReferenceDataWriter>().SetSwitchAsync(SwitchName.Schedules, stopped: true, new Actor("ada", ActorSource.Api), "maintenance", Books.Now);
        try
        {
            var outcome = await new JobActivities([job], books.Get<JobLedger>(), reference, books.DataSource, NullLogger<JobActivities>.Instance).RunJobAsync(run);
            (outcome.Result, outcome.Findings.Single()).ShouldBe(("skipped", "schedules are stopped: maintenance"));
        }
        finally
        {
            await books.Get<ReferenceDataWriter>().SetSwitchAsync(SwitchName.Schedules, stopped: false, new Actor("ada", ActorSource.Api), "done", Books.Now);
        }

        job.Runs.ShouldBe(0);
        (await StateAsync(job, run.Slot)).ShouldBe("SKIPPED");
    }

    [Fact]
    public async Task RunJob_UnknownName_IsNotRetried()
    {
        var run = new JobRunInput { Job = "nonsense", Slot = Slot(), Runner = "one", AsOf = Books.Now };
        (await Should.ThrowAsync<ApplicationFailureException>(() => Activities(new CountingJob()).RunJobAsync(run))).NonRetryable.ShouldBeTrue();
    }

    [Fact]
    public async Task Deadlines_MissedRetry_IsFlaggedWithACaseOnce()
    {
        var input = await books.CreateAsync();
        var job = new DeadlinesJob(new JobFindings(books.DataSource), books.Get<JobLedger>(), books.Get<ReferenceDataCache>(), books.Get<StepRunner>());
        var late = new JobContext(Books.Now, Books.Now.AddHours(49), () => { });
        await job.RunAsync(late, CancellationToken.None);

        // The books are shared with other tests: which findings are kept word for word depends on them, this settlement's flag does not.
        late.FindingCount.ShouldBeGreaterThan(0);
        (await books.SettlementAsync(input.SettlementId)).AttentionReason.ShouldBe(AttentionReason.MissedDeadline);
        var again = new JobContext(Books.Now, Books.Now.AddHours(49), () => { });
        await job.RunAsync(again, CancellationToken.None);
        again.FindingCount.ShouldBeGreaterThan(0, "it is said until it is mended");
        (await ScalarAsync($"SELECT count(*) FROM settlement.cases WHERE settlement_id = '{input.SettlementId}' AND reason = 'MISSED_DEADLINE'")).ShouldBe(1L);
    }

    [Fact]
    public async Task Cleanup_ExpiredTokens_AreRemovedAndLivingOnesAreNot()
    {
        await using var insert = books.DataSource.CreateCommand("""
            INSERT INTO settlement.api_refresh_tokens (token_hash, family, user_name, expires_at)
            VALUES (sha256('old'), gen_random_uuid(), 'sam', clock_timestamp() - interval '2 days'), (sha256('new'), gen_random_uuid(), 'sam', clock_timestamp() + interval '1 day')
            """);
        await insert.ExecuteNonQueryAsync();
        await new CleanupJob(books.DataSource, books.Get<JobLedger>()).RunAsync(new JobContext(Books.Now, Books.Now, () => { }), CancellationToken.None);
        (await ScalarAsync("SELECT count(*) FROM settlement.api_refresh_tokens WHERE token_hash IN (sha256('old'), sha256('new'))")).ShouldBe(1L);
    }

    private static DateTimeOffset Slot() => Books.Now.AddSeconds(Random.Shared.Next());

    private static JobRunInput Run(CountingJob job, DateTimeOffset slot, string runner) => new() { Job = job.Name, Slot = slot, Runner = runner, AsOf = Books.Now };

    private JobActivities Activities(IJob job) =>
        new([job], books.Get<JobLedger>(), books.Get<ReferenceDataCache>(), books.DataSource, NullLogger<JobActivities>.Instance);

    private async Task<string> StateAsync(CountingJob job, DateTimeOffset slot) => (string)await ScalarAsync($"SELECT state FROM settlement.job_runs WHERE job = '{job.Name}' AND slot = '{slot:O}'");

    private async Task<string> DetailAsync(CountingJob job, DateTimeOffset slot) => (string)await ScalarAsync($"SELECT detail::text FROM settlement.job_runs WHERE job = '{job.Name}' AND slot = '{slot:O}'");

    private async Task<object> ScalarAsync(string sql)
    {
        await using var command = books.DataSource.CreateCommand(sql);
        return (await command.ExecuteScalarAsync())!;
    }

    private sealed class CountingJob : IJob
    {
        private int runs;

        public string Name { get; } = $"counting-{Guid.NewGuid():N}"[..24];

        public int FailuresLeft { get; set; }

        public int Runs => runs;

        public Task RunAsync(JobContext context, CancellationToken cancellationToken)
        {
            if (FailuresLeft-- > 0)
                throw new InvalidOperationException("not yet");
            Interlocked.Increment(ref runs);
            context.Report(1);
            context.Find("one finding");
            return Task.CompletedTask;
        }
    }
}
