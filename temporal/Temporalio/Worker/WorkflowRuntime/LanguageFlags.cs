namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>
/// Ways of doing things that histories of .NET workflows rely on; the numbers are those of the official SDK.
/// </summary>
internal static class LanguageFlags
{
    /// <summary>Commands given after the workflow has ended are kept.</summary>
    internal const uint ReorderWorkflowCompletion = 1;

    /// <summary>All jobs are applied before the main method starts, and one condition is met at a time.</summary>
    internal const uint ModernEventLoop = 2;
}
