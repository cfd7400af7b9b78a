namespace Temporalio.Worker.WorkflowTasks;

/// <summary>
/// What histories say about who wrote them.
/// </summary>
internal static class SdkIdentity
{
    /// <summary>Name of this SDK. Not the official one's: a reader of a history must be able to tell.</summary>
    internal const string Name = "temporal-dotnet-in-tree";

    /// <summary>Gets the version of this SDK.</summary>
    internal static string Version { get; } = typeof(SdkIdentity).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
