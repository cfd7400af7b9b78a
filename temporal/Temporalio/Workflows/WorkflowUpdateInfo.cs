namespace Temporalio.Workflows;

/// <summary>
/// What an update handler may know of the update that it serves.
/// </summary>
/// <param name="Id">Update id, as the caller gave it.</param>
/// <param name="Name">Update name.</param>
public record WorkflowUpdateInfo(string Id, string Name)
{
    /// <summary>Gets what is put on log lines written inside the handler.</summary>
    internal Dictionary<string, object> LoggerScope { get; } = new() { ["UpdateId"] = Id, ["UpdateName"] = Name };
}
