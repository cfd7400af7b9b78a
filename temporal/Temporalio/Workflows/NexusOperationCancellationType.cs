namespace Temporalio.Workflows;

/// <summary>What a workflow does about the Nexus operation that it no longer wants.</summary>
public enum NexusOperationCancellationType
{
    /// <summary>Asks for the cancellation and waits for the operation's end.</summary>
    WaitCancellationCompleted,

    /// <summary>Lets the operation run and goes on at once.</summary>
    Abandon,

    /// <summary>Asks for the cancellation and goes on at once.</summary>
    TryCancel,

    /// <summary>Asks for the cancellation and goes on when the handler has answered.</summary>
    WaitCancellationRequested,
}
