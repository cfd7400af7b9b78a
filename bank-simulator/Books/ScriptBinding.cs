namespace Settlement.BankSimulator.Books;

/// <summary>Which step of which script a UETR took, and how often each kind of call came; the counts start anew with the process.</summary>
public sealed class ScriptBinding(string scriptKey, int step)
{
    public string ScriptKey { get; } = scriptKey;

    public int Step { get; } = step;

    /// <summary>The binding itself is made by the first submission.</summary>
    public int Submissions { get; internal set; } = 1;

    public int Enquiries { get; internal set; }

    public int Recalls { get; internal set; }
}
