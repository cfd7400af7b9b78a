using Temporalio.Client.Schedules;

namespace Temporalio.Client.Interceptors;

public abstract partial class ClientOutboundInterceptor
{
    /// <summary>Creates a schedule.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>Handle of the schedule.</returns>
    public virtual Task<ScheduleHandle> CreateScheduleAsync(CreateScheduleInput input) =>
        Next.CreateScheduleAsync(input);

    /// <summary>Lists schedules.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>The schedules.</returns>
    public virtual IAsyncEnumerable<ScheduleListDescription> ListSchedulesAsync(ListSchedulesInput input) =>
        Next.ListSchedulesAsync(input);

    /// <summary>Goes through past periods of a schedule.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>Task that ends when the server has it.</returns>
    public virtual Task BackfillScheduleAsync(BackfillScheduleInput input) => Next.BackfillScheduleAsync(input);

    /// <summary>Deletes a schedule.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>Task that ends when it is deleted.</returns>
    public virtual Task DeleteScheduleAsync(DeleteScheduleInput input) => Next.DeleteScheduleAsync(input);

    /// <summary>Describes a schedule.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>The description.</returns>
    public virtual Task<ScheduleDescription> DescribeScheduleAsync(DescribeScheduleInput input) =>
        Next.DescribeScheduleAsync(input);

    /// <summary>Pauses a schedule.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>Task that ends when the server has it.</returns>
    public virtual Task PauseScheduleAsync(PauseScheduleInput input) => Next.PauseScheduleAsync(input);

    /// <summary>Makes a schedule act now.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>Task that ends when the server has it.</returns>
    public virtual Task TriggerScheduleAsync(TriggerScheduleInput input) => Next.TriggerScheduleAsync(input);

    /// <summary>Ends the pause of a schedule.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>Task that ends when the server has it.</returns>
    public virtual Task UnpauseScheduleAsync(UnpauseScheduleInput input) => Next.UnpauseScheduleAsync(input);

    /// <summary>Changes a schedule.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>Task that ends when it is changed.</returns>
    public virtual Task UpdateScheduleAsync(UpdateScheduleInput input) => Next.UpdateScheduleAsync(input);
}
