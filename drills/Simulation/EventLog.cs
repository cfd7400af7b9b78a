using System.Text.Json;
using System.Text.Json.Nodes;

namespace Settlement.Drills.Simulation;

/// <summary>
/// What the simulation did and was told, one JSON object a line, in the order in which it happened. A failing run leaves it behind; the auditor
/// reads from it what callers were promised.
/// </summary>
internal sealed class EventLog : IDisposable
{
    private readonly StreamWriter writer;
    private readonly Lock gate = new();

    public EventLog(string file)
    {
        File = file;
        writer = new StreamWriter(new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
    }

    public string File { get; }

    /// <summary>Writes one event.</summary>
    public void Write(string name, params ReadOnlySpan<(string Name, string Value)> members)
    {
        var line = new JsonObject { ["at"] = DateTimeOffset.UtcNow.ToString("O"), ["event"] = name };
        foreach (var (key, value) in members)
            line[key] = value;
        var text = line.ToJsonString(JsonSerializerOptions.Default);
        lock (gate)
            writer.WriteLine(text);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (gate)
            writer.Dispose();
    }
}
