using Microsoft.Extensions.Logging.Abstractions;
using Settlement.Activities;
using Settlement.AppHost.Samples;
using Settlement.AppHost.Temporal;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Settlement;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;
using Temporalio.Testing;
using Temporalio.Worker;
using static Settlement.Domain.SettlementStatus;

namespace Settlement.EndToEnd.Tests.Samples;

/// <summary>
/// Committed samples through the real workflow and the real activities on the embedded server with skipped time, whose clock is moved to each
/// awkward instant in turn. Samples whose course hangs on a faulty bank have their schedule tested in <see cref="SampleScheduleTests"/>.
/// </summary>
public sealed class SampleClockTests(SampleClockBooks books) : IClassFixture<SampleClockBooks>
{
    private const string TaskQueue = "sample-clock";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static readonly SettlementStatus[] StraightThrough = [Pending, FundsLocked, TransferInitiated, Confirmed, Settled];

    [Fact]
    public async Task Run_SamplesAtEveryMomentOfAYear_EndAsTheirFilesSay()
    {
        await using var environment = await StartAsync();
        var faults = new List<string>();
        var waiting = new List<(string Moment, DateTimeOffset At, AssembledSample Sample, WorkflowHandle<ISettlementWorkflow, SettlementResult> Handle)>();
        await ServeAsync(environment, async stop =>
        {
            foreach (var (moment, at) in await MomentsAsync(environment))
            {
                await MoveToAsync(environment, at, stop);
                var runs = books.Samples.Where(NeedsNoBankScript).Select(sample => RunAsync(environment, sample, at, stop)).ToArray();
                faults.AddRange((await Task.WhenAll(runs)).SelectMany(found => found).Select(fault => $"{moment}, {at:u}: {fault}"));
                var left = await StartAsync(environment, books.Samples.First(IsScheduled), at, stop);
                waiting.Add((moment, at, left.Sample, left.Handle));
            }

            await environment.DelayAsync(TimeSpan.FromDays(3), stop);
            foreach (var (moment, at, sample, handle) in waiting)
            {
                (await ResultAsync(environment, handle, stop)).Status.ShouldBe(Settled, moment);
                await AssertSentOnItsDayAsync(moment, at, sample);
            }
        });

        faults.ShouldBeEmpty();
        books.Samples.Count(NeedsNoBankScript).ShouldBeGreaterThanOrEqualTo(9);
        waiting.Count.ShouldBe(BusinessMoments.Names.Count);
    }

    private static bool NeedsNoBankScript(Sample sample) => sample.Expect.Refusal is null
        && (sample.Bank is null || (sample.Operator.Count == 0 && sample.Expect.Path.SequenceEqual(StraightThrough)));

    private static bool IsScheduled(Sample sample) => sample.Expect.Path.Contains(SettlementStatus.Scheduled);

    private static async Task<WorkflowEnvironment> StartAsync()
    {
        var environment = await WorkflowEnvironment.StartTimeSkippingAsync(new()
        {
            TestServer = new() { ExistingPath = EmbeddedExecutable.Find() },
            LoggerFactory = NullLoggerFactory.Instance,
        });
        var attributes = new AddSearchAttributesRequest { Namespace = "default" };
        foreach (var key in SettlementSearchAttributes.All)
            attributes.SearchAttributes.Add(key.Name, key.ValueType);
        await environment.Client.Connection.OperatorService.AddSearchAttributesAsync(attributes);
        return environment;
    }

    private async Task ServeAsync(WorkflowEnvironment environment, Func<CancellationToken, Task> test)
    {
        using var limit = new CancellationTokenSource(Limit);
        var options = new TemporalWorkerOptions(TaskQueue) { LoggerFactory = NullLoggerFactory.Instance }.AddWorkflow<SettlementWorkflow>();
        foreach (var type in SettlementActivityTypes.All)
            options.AddAllActivities(type, books.Get(type));
        using var worker = new TemporalWorker(environment.Client, options);
        await worker.ExecuteAsync(() => test(limit.Token), limit.Token);
    }

    private async Task<IReadOnlyList<(string Name, DateTimeOffset At)>> MomentsAsync(WorkflowEnvironment environment)
    {
        // A minute ahead at least: the server's clock can only be moved forward.
        var start = (await NowAsync(environment)).AddMinutes(1);
        var moments = new List<(string Name, DateTimeOffset At)>();
        foreach (var name in BusinessMoments.Names)
            moments.Add((name, await books.NextAsync(name, start)));
        return [.. moments.OrderBy(moment => moment.At)];
    }

    private static async Task MoveToAsync(WorkflowEnvironment environment, DateTimeOffset at, CancellationToken stop)
    {
        if (at - await NowAsync(environment) is { Ticks: > 0 } ahead)
            await environment.DelayAsync(ahead, stop);
        (await NowAsync(environment)).ShouldBeInRange(at, at.AddMinutes(1));
    }

    private static async Task<DateTimeOffset> NowAsync(WorkflowEnvironment environment) =>
        new(await environment.GetCurrentTimeAsync(), TimeSpan.Zero);

    private async Task<IEnumerable<string>> RunAsync(WorkflowEnvironment environment, Sample sample, DateTimeOffset at, CancellationToken stop)
    {
        var (assembled, handle) = await StartAsync(environment, sample, at, stop);
        try
        {
            if (IsScheduled(sample))
                await CancelAsync(handle, stop);
            var result = await ResultAsync(environment, handle, stop);
            return (await FaultsAsync(assembled, result)).Select(fault => $"{sample.Name}: {fault}");
        }
        catch (Exception error) when (stop.IsCancellationRequested)
        {
            var row = await books.RowAsync(assembled.Settlement!.Terms.SettlementId);
            throw new TimeoutException($"{sample.Name} at {at:u} has not ended: it is {UpperSnake.Of(row.Status)}.", error);
        }
    }

    private async Task<(AssembledSample Sample, WorkflowHandle<ISettlementWorkflow, SettlementResult> Handle)> StartAsync(
        WorkflowEnvironment environment, Sample sample, DateTimeOffset at, CancellationToken stop)
    {
        var assembled = await books.AssembleAsync(sample, at);
        var settlement = assembled.Settlement.ShouldNotBeNull(sample.Name);
        await books.InsertAsync(settlement);
        var options = SettlementStart.Options(settlement.WorkflowInput);
        options.TaskQueue = TaskQueue;
        options.Rpc = new RpcOptions { CancellationToken = stop };
        var handle = await environment.Client.StartWorkflowAsync((ISettlementWorkflow workflow) => workflow.RunAsync(settlement.WorkflowInput), options);
        return (assembled, handle);
    }

    /// <summary>Waits in the server's own time, which then goes at the pace of the machine's, so that it stays at the moment.</summary>
    private static Task<SettlementResult> ResultAsync(
        WorkflowEnvironment environment, WorkflowHandle<ISettlementWorkflow, SettlementResult> handle, CancellationToken stop) =>
        environment.WithAutoTimeSkippingDisabledAsync(() => handle.GetResultAsync(rpcOptions: new RpcOptions { CancellationToken = stop }));

    /// <summary>What the operator of the scheduled sample does.</summary>
    private static async Task CancelAsync(WorkflowHandle<ISettlementWorkflow, SettlementResult> handle, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await handle.QueryAsync(workflow => workflow.Status()) is not { Status: "scheduled", WaitingFor: not null })
            await timer.WaitForNextTickAsync(stop);
        await handle.ExecuteUpdateAsync(workflow => workflow.CancelAsync(
            new OperatorAction { Operator = "olga", Reason = "As the sample says", RequestId = Guid.NewGuid().ToString("N") }));
    }

    private async Task<IEnumerable<string>> FaultsAsync(AssembledSample assembled, SettlementResult result)
    {
        var expect = assembled.Sample.Expect;
        var row = await books.RowAsync(result.SettlementId);
        var steps = (await books.HistoryAsync(result.SettlementId)).Select(entry => new SampleStep(entry.ToStatus, entry.AsOf)).ToArray();
        var last = new SampleSnapshot(
            row.Status, row.NeedsAttention, row.AttentionReason is { } reason ? UpperSnake.Of(reason) : null,
            row.Failure is { } failure ? UpperSnake.Of(failure) : null);
        var faults = SampleComparison.Compare(expect, refusal: null, steps, last).ToList();
        var executions = books.Bank.ExecutionsTo(assembled.Creditor);
        if (executions != expect.BankExecutions)
            faults.Add($"the bank has executed {executions} times, expected {expect.BankExecutions}");
        foreach (var balance in expect.Balances)
        {
            var account = await books.AccountAsync(assembled.Names.Of(balance.Account));
            var currency = Currency.Of(account.Currency);
            if (account.PostedMinor != Money.Parse(balance.Posted, currency).AmountMinor || account.HeldMinor != Money.Parse(balance.Held, currency).AmountMinor)
                faults.Add($"{balance.Account} has {account.PostedMinor} posted and {account.HeldMinor} held in minor units, expected {balance.Posted} and {balance.Held}");
        }

        return faults;
    }

    /// <summary>Nobody cancelled it: it goes out when its value date opens, two days of UTC later, whatever the clocks of the world did.</summary>
    private async Task AssertSentOnItsDayAsync(string moment, DateTimeOffset at, AssembledSample assembled)
    {
        var valueDate = DateOnly.FromDateTime(at.UtcDateTime).AddDays(assembled.Sample.Request.ValueDate!.BusinessDays);
        var opens = new DateTimeOffset(valueDate, TimeOnly.MinValue, TimeSpan.Zero);
        var history = await books.HistoryAsync(assembled.Settlement!.Terms.SettlementId);
        history.Select(entry => entry.ToStatus).ShouldBe([Pending, SettlementStatus.Scheduled, .. StraightThrough[1..]], moment);
        history.Single(entry => entry.ToStatus == FundsLocked).AsOf.ShouldBeInRange(opens, opens.AddMinutes(1), moment);
        books.Bank.InstructionTo(assembled.Creditor).ShouldNotBeNull(moment).ValueDate.ShouldBe(valueDate, moment);
    }
}
