namespace Settlement.AppHost.Samples;

/// <summary>An operator who speaks to a workflow without the API.</summary>
public interface ISampleOperator
{
    /// <summary>Sends an update as the <c>temporal</c> command line does.</summary>
    /// <param name="reference">The settlement's reference; the workflow id is <c>settlement-{reference}</c>.</param>
    /// <param name="update">Name of the update, such as <c>Retry</c>.</param>
    /// <param name="operatorName">Who says so.</param>
    /// <param name="action">What the file says.</param>
    /// <param name="ticket">For resolve, approve and reject; else null.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Null if it was taken, else the reason of the refusal.</returns>
    Task<string?> SendAsync(
        string reference, string update, string operatorName, SampleAction action, string? ticket, CancellationToken cancellationToken);
}
