using Temporalio.Client;

namespace Settlement.Workflows.Tests.Support;

/// <summary>
/// Keeps the histories of these tests for <c>tests/Replay</c>, when SETTLEMENT_RECORD_HISTORIES names a folder:
/// <code>SETTLEMENT_RECORD_HISTORIES=$PWD/tests/Replay/Histories dotnet test tests/Workflows</code>
/// </summary>
internal static class HistoryRecorder
{
    private const string Variable = "SETTLEMENT_RECORD_HISTORIES";

    public static async Task SaveAsync(string name, WorkflowHandle handle)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder)
            return;
        Directory.CreateDirectory(folder);
        var history = await handle.FetchHistoryAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, name + ".json"), history.ToJson() + "\n");
    }
}
