namespace Temporalio.Client.Interceptors;

public abstract partial class ClientOutboundInterceptor
{
    /// <summary>Heartbeats for an activity that completes asynchronously.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>Task that ends when the server has it.</returns>
    public virtual Task HeartbeatAsyncActivityAsync(HeartbeatAsyncActivityInput input) =>
        Next.HeartbeatAsyncActivityAsync(input);

    /// <summary>Completes an activity.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>Task that ends when the server has it.</returns>
    public virtual Task CompleteAsyncActivityAsync(CompleteAsyncActivityInput input) =>
        Next.CompleteAsyncActivityAsync(input);

    /// <summary>Fails an activity.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>Task that ends when the server has it.</returns>
    public virtual Task FailAsyncActivityAsync(FailAsyncActivityInput input) => Next.FailAsyncActivityAsync(input);

    /// <summary>Reports that an activity has stopped because it was canceled.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>Task that ends when the server has it.</returns>
    public virtual Task ReportCancellationAsyncActivityAsync(ReportCancellationAsyncActivityInput input) =>
        Next.ReportCancellationAsyncActivityAsync(input);
}
