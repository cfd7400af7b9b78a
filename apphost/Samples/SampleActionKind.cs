namespace Settlement.AppHost.Samples;

/// <summary>What an operator of a sample can do.</summary>
public enum SampleActionKind
{
    Retry,
    Cancel,
    Approve,
    Reject,

    /// <summary>Says what became of an instruction, with evidence and an approver's ticket.</summary>
    Resolve,
    RetryCompensation,

    /// <summary>Replaces the bank's script: the bank's world changes.</summary>
    ScriptBank,

    /// <summary>The bank's back office decides the newest payment that it holds.</summary>
    DecideAtBank,

    /// <summary>Nothing: the step is there because its condition must have been seen.</summary>
    Watch,
}
