using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Testing;

namespace Settlement.Workflows.Tests.Support;

/// <summary>A settlement under test, and what an operator or a bank may do to it.</summary>
internal sealed class RunningSettlement(
    WorkflowEnvironment environment, WorkflowHandle<ISettlementWorkflow, SettlementResult> handle, SettlementRequest request)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    public SettlementRequest Request { get; } = request;

    public WorkflowHandle<ISettlementWorkflow, SettlementResult> Handle { get; } = handle;

    /// <summary>Skips time until the workflow ends.</summary>
    public async Task<SettlementResult> ResultAsync()
    {
        using var timeout = new CancellationTokenSource(Limit);
        return await Handle.GetResultAsync(rpcOptions: new RpcOptions { CancellationToken = timeout.Token });
    }

    public async Task SkipAsync(TimeSpan time)
    {
        using var timeout = new CancellationTokenSource(Limit);
        await environment.DelayAsync(time, timeout.Token);
    }

    public Task<SettlementView> StatusAsync() => Handle.QueryAsync(workflow => workflow.Status());

    /// <summary>Waits, without moving time, until the view is as wanted.</summary>
    public async Task<SettlementView> UntilAsync(Func<SettlementView, bool> condition)
    {
        using var timeout = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        SettlementView? last = null;
        try
        {
            while (true)
            {
                last = await StatusAsync();
                if (condition(last))
                    return last;
                await timer.WaitForNextTickAsync(timeout.Token);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Still {last?.Status}, waits for {last?.WaitingFor}, attention {last?.AttentionReason}.");
        }
    }

    /// <summary>Waits, without moving time, until the fake activities have seen something.</summary>
    public Task<SettlementView> UntilAsync(Func<bool> condition) => UntilAsync(_ => condition());

    public Task<SettlementView> UntilAsync(SettlementStatus status) => UntilAsync(view => view.Status == UpperSnake.Lower(status));

    /// <summary>It waits, and no step runs.</summary>
    public Task<SettlementView> UntilWaitingAsync(SettlementStatus status) =>
        UntilAsync(view => view.Status == UpperSnake.Lower(status) && view.WaitingFor is not null);

    public Task<OperatorReply> RetryAsync(OperatorAction action) => Handle.ExecuteUpdateAsync(workflow => workflow.RetryAsync(action));

    public Task<OperatorReply> CancelAsync(OperatorAction action) => Handle.ExecuteUpdateAsync(workflow => workflow.CancelAsync(action));

    public Task<OperatorReply> ResolveAsync(ResolveAction action) => Handle.ExecuteUpdateAsync(workflow => workflow.ResolveAsync(action));

    public Task<OperatorReply> ApproveAsync(TicketedAction action) => Handle.ExecuteUpdateAsync(workflow => workflow.ApproveAsync(action));

    /// <summary>Sends an update that must be refused, and answers the type and the words of the refusal.</summary>
    public static async Task<(string? Type, string Message)> RefusalAsync(Func<Task> update)
    {
        var refused = await Should.ThrowAsync<WorkflowUpdateFailedException>(update);
        var failure = refused.InnerException.ShouldBeOfType<ApplicationFailureException>();
        return (failure.ErrorType, failure.Message);
    }

    /// <summary>Waits, without moving time, until the workflow has ended; and answers how long after the request to cancel that was, by the server's clock.</summary>
    public async Task<TimeSpan> UntilEndedByCancelAsync()
    {
        using var timeout = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while ((await Handle.DescribeAsync()).Status == WorkflowExecutionStatus.Running)
            await timer.WaitForNextTickAsync(timeout.Token);
        var events = (await Handle.FetchHistoryAsync()).Events;
        var asked = events.Single(one => one.EventType == EventType.WorkflowExecutionCancelRequested);
        return events.Last().EventTime.ToDateTimeOffset() - asked.EventTime.ToDateTimeOffset();
    }

    public Task MessageAsync(BankMessage message) => Handle.SignalAsync(workflow => workflow.BankMessageAsync(message));

    public async Task<int> CountEventsAsync(EventType type) => (await Handle.FetchHistoryAsync()).Events.Count(one => one.EventType == type);
}
