using System.Diagnostics;

namespace Settlement.BankSimulator;

/// <summary>Where the bank kills itself, once per script and step.</summary>
public enum CrashPoint
{
    None,

    /// <summary>After the request was read, before the journal knows of it: the bank never had the payment.</summary>
    BeforeRecord,

    /// <summary>After the payment is durable, before it is decided: the restarted bank goes on with it.</summary>
    AfterRecord,

    /// <summary>After it is executed (or rejected) durably, before the caller is answered.</summary>
    AfterDecision,
}

/// <summary>How the bank dies when a script says so; tests put their own in place.</summary>
public interface ICrashSwitch
{
    /// <summary>Ends the process at once, without cleaning up; does not return in production.</summary>
    void Crash(string point);
}

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
