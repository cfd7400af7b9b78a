namespace Temporalio.Activities;

/// <summary>
/// Thrown out of an activity that somebody else will complete later, with its task token or its ids, through
/// <c>ITemporalClient.GetAsyncActivityHandle</c>.
/// </summary>
public class CompleteAsyncException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="CompleteAsyncException"/> class.</summary>
    public CompleteAsyncException()
        : base("Activity will be completed asynchronously")
    {
    }
}
