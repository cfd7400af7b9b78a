namespace Temporalio.DevServer.Hosting;

/// <summary>Failures after which the server must not go on, above all: another server has taken over its database.</summary>
internal sealed class FatalErrors
{
    private readonly TaskCompletionSource<Exception> first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets the task that ends with the first of them.</summary>
    public Task<Exception> Occurred => first.Task;

    /// <summary>Reports one.</summary>
    public void End(Exception exception) => first.TrySetResult(exception);

    /// <summary>Reports one if it is one.</summary>
    /// <returns>Whether it is.</returns>
    public bool EndIfFenced(Exception exception)
    {
        if (exception is not StoreFencedException)
            return false;
        End(exception);
        return true;
    }
}
