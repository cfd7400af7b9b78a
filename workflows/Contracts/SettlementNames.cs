namespace Settlement.Workflows.Contracts;

/// <summary>Names that clients, operators and the worker must spell alike.</summary>
public static class SettlementNames
{
    /// <summary>The task queue of all settlement workflows and activities.</summary>
    public const string TaskQueue = "settlements";

    /// <summary>Workflow type of a cash or purchase settlement.</summary>
    public const string Workflow = "SettlementWorkflow";

    /// <summary>Signal that hands a bank's message to the settlement.</summary>
    public const string BankMessageSignal = "BankMessage";

    /// <summary>Signal that makes the settlement look at calendars, windows and switches again.</summary>
    public const string ReferenceChangedSignal = "ReferenceChanged";

    /// <summary>Signal that a case of the settlement was closed by hand.</summary>
    public const string CaseClosedSignal = "CaseClosed";

    /// <summary>Query: where the settlement stands, as <see cref="SettlementView"/>.</summary>
    public const string StatusQuery = "Status";

    /// <summary>Query: what has been done so far, as a list of <see cref="StepView"/>.</summary>
    public const string StepsQuery = "Steps";

    public const string RetryUpdate = "Retry";
    public const string CancelUpdate = "Cancel";
    public const string ApproveUpdate = "Approve";
    public const string RejectUpdate = "Reject";
    public const string ResolveUpdate = "Resolve";
    public const string RetryCompensationUpdate = "RetryCompensation";
    public const string ExtendDeadlineUpdate = "ExtendDeadline";
    public const string PauseUpdate = "Pause";
    public const string ResumeUpdate = "Resume";
}
