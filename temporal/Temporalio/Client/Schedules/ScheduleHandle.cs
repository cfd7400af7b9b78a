namespace Temporalio.Client.Schedules;

/// <summary>Talks to one schedule.</summary>
/// <param name="Client">Client to call with.</param>
/// <param name="Id">Schedule id.</param>
public record ScheduleHandle(ITemporalClient Client, string Id)
{
    /// <summary>Goes through past periods as if they passed now.</summary>
    /// <param name="backfills">Periods, at least one.</param>
    /// <param name="rpcOptions">Call options.</param>
    /// <returns>Task that ends when the server has it.</returns>
    /// <exception cref="ArgumentException">There is no period.</exception>
    public virtual Task BackfillAsync(IReadOnlyCollection<ScheduleBackfill> backfills, RpcOptions? rpcOptions = null) =>
        backfills.Count == 0
            ? throw new ArgumentException("At least one backfill required")
            : Client.OutboundInterceptor.BackfillScheduleAsync(new(Id, backfills, rpcOptions));

    /// <summary>Deletes the schedule. Workflows that it has started go on.</summary>
    /// <param name="rpcOptions">Call options.</param>
    /// <returns>Task that ends when it is deleted.</returns>
    public virtual Task DeleteAsync(RpcOptions? rpcOptions = null) =>
        Client.OutboundInterceptor.DeleteScheduleAsync(new(Id, rpcOptions));

    /// <summary>Describes the schedule.</summary>
    /// <param name="rpcOptions">Call options.</param>
    /// <returns>The description.</returns>
    public virtual Task<ScheduleDescription> DescribeAsync(RpcOptions? rpcOptions = null) =>
        Client.OutboundInterceptor.DescribeScheduleAsync(new(Id, rpcOptions));

    /// <summary>Pauses the schedule.</summary>
    /// <param name="note">Why.</param>
    /// <param name="rpcOptions">Call options.</param>
    /// <returns>Task that ends when the server has it.</returns>
    public virtual Task PauseAsync(string? note = null, RpcOptions? rpcOptions = null) =>
        Client.OutboundInterceptor.PauseScheduleAsync(new(Id, note, rpcOptions));

    /// <summary>Acts now.</summary>
    /// <param name="options">Overlap policy and call options.</param>
    /// <returns>Task that ends when the server has it.</returns>
    public virtual Task TriggerAsync(ScheduleTriggerOptions? options = null) =>
        Client.OutboundInterceptor.TriggerScheduleAsync(new(Id, options));

    /// <summary>Ends the pause.</summary>
    /// <param name="note">Why.</param>
    /// <param name="rpcOptions">Call options.</param>
    /// <returns>Task that ends when the server has it.</returns>
    public virtual Task UnpauseAsync(string? note = null, RpcOptions? rpcOptions = null) =>
        Client.OutboundInterceptor.UnpauseScheduleAsync(new(Id, note, rpcOptions));

    /// <summary>Changes the schedule.</summary>
    /// <param name="updater">Makes the new schedule of the current one, or null to leave it.</param>
    /// <param name="rpcOptions">Call options.</param>
    /// <returns>Task that ends when it is changed.</returns>
    public Task UpdateAsync(Func<ScheduleUpdateInput, ScheduleUpdate?> updater, RpcOptions? rpcOptions = null) =>
        UpdateAsync(input => Task.FromResult(updater(input)), rpcOptions);

    /// <summary>Changes the schedule.</summary>
    /// <param name="updater">Makes the new schedule of the current one, or null to leave it.</param>
    /// <param name="rpcOptions">Call options.</param>
    /// <returns>Task that ends when it is changed.</returns>
    public virtual Task UpdateAsync(
        Func<ScheduleUpdateInput, Task<ScheduleUpdate?>> updater, RpcOptions? rpcOptions = null) =>
        Client.OutboundInterceptor.UpdateScheduleAsync(new(Id, updater, rpcOptions));
}
