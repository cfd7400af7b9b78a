using System.Diagnostics;

namespace Settlement.BankSimulator;

/// <summary>Sends SIGKILL to the own process, as a power cut would look to callers: no flush, no goodbye.</summary>
public sealed class ProcessCrashSwitch : ICrashSwitch
{
    public void Crash(string point)
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        // SIGKILL is delivered asynchronously; nothing may be answered in between.
        self.WaitForExit();
    }
}
