namespace Settlement.BankSimulator;

/// <summary>How the bank dies when a script says so; tests put their own in place.</summary>
public interface ICrashSwitch
{
    /// <summary>Ends the process at once, without cleaning up; does not return in production.</summary>
    void Crash(string point);
}
