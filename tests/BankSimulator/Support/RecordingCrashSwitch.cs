using System.Collections.Concurrent;

namespace Settlement.BankSimulator.Tests;

/// <summary>Notes that the bank would have died here, and lets it live.</summary>
public sealed class RecordingCrashSwitch : ICrashSwitch
{
    public ConcurrentQueue<string> Crashes { get; } = new();

    public void Crash(string point) => Crashes.Enqueue(point);
}
