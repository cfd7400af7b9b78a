namespace Settlement.Workflows.Settlement;

/// <summary>How far the recall of an instruction has come.</summary>
internal enum RecallState
{
    /// <summary>Nobody asked for it yet.</summary>
    None,
    /// <summary>The bank has it and will answer.</summary>
    Pending,
    /// <summary>The bank refused: the instruction goes on.</summary>
    Refused,
}
