namespace Temporalio.Activities;

/// <summary>Reason and details of a cancellation, written once before the token is cancelled.</summary>
internal sealed class ActivityCancelRef
{
    private volatile ActivityCancellationDetails? details;

    /// <summary>Gets or sets the reason.</summary>
    internal ActivityCancelReason CancelReason { get; set; } = ActivityCancelReason.None;

    /// <summary>Gets or sets the details, null until cancelled.</summary>
    internal ActivityCancellationDetails? CancellationDetails
    {
        get => details;
        set => details = value;
    }
}
