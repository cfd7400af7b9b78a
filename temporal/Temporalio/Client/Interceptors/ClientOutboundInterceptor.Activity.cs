namespace Temporalio.Client.Interceptors;

public abstract partial class ClientOutboundInterceptor
{
    /// <summary>Starts a standalone activity.</summary>
    /// <typeparam name="TResult">Its result; the value tuple if it has none or it is not known.</typeparam>
    /// <param name="input">What is called.</param>
    /// <returns>Its handle.</returns>
    public virtual Task<ActivityHandle<TResult>> StartActivityAsync<TResult>(StartActivityInput input) =>
        Next.StartActivityAsync<TResult>(input);

    /// <summary>Describes a standalone activity.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>The description.</returns>
    public virtual Task<ActivityExecutionDescription> DescribeActivityAsync(DescribeActivityInput input) =>
        Next.DescribeActivityAsync(input);

    /// <summary>Asks a standalone activity to end.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>Task that ends when the server has taken it.</returns>
    public virtual Task CancelActivityAsync(CancelActivityInput input) => Next.CancelActivityAsync(input);

    /// <summary>Ends a standalone activity at once.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>Task that ends when it has ended.</returns>
    public virtual Task TerminateActivityAsync(TerminateActivityInput input) => Next.TerminateActivityAsync(input);

    /// <summary>Lists standalone activities; each page goes through <see cref="ListActivitiesPaginatedAsync"/> as well.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>The activities.</returns>
    public virtual IAsyncEnumerable<ActivityExecution> ListActivitiesAsync(ListActivitiesInput input) =>
        Next.ListActivitiesAsync(input);

    /// <summary>Counts standalone activities.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>The count.</returns>
    public virtual Task<ActivityExecutionCount> CountActivitiesAsync(CountActivitiesInput input) => Next.CountActivitiesAsync(input);

    /// <summary>Lists one page of standalone activities.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>The page.</returns>
    public virtual Task<ActivityListPage> ListActivitiesPaginatedAsync(ListActivitiesPaginatedInput input) =>
        Next.ListActivitiesPaginatedAsync(input);
}
