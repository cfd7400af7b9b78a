namespace Temporalio.DevServer.Storage;

/// <summary>What a document is. The numbers are stored: they never change their meaning.</summary>
internal enum DocumentKind : short
{
    /// <summary>One for the server itself: cluster id and the like.</summary>
    Server = 1,
    Namespace = 2,
    SearchAttributes = 3,
    Schedule = 4,
    BatchJob = 5,
}
