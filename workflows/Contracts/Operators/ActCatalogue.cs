namespace Settlement.Workflows.Contracts;

/// <summary>
/// Everything that operators can do, in the order of the runbook. Tests hold the workflows, the API's endpoints, the runbook and the comparison
/// of both doors against this table, so that an act that lacks one of them is noticed.
/// </summary>
public static class ActCatalogue
{
    /// <summary>All acts.</summary>
    public static IReadOnlyList<CataloguedAct> All { get; } =
    [
        new(SettlementNames.RetryUpdate, ActDoor.Update, typeof(OperatorAction)),
        new(SettlementNames.CancelUpdate, ActDoor.Update, typeof(OperatorAction)),
        new(SettlementNames.RetryCompensationUpdate, ActDoor.Update, typeof(OperatorAction)),
        new(SettlementNames.ExtendDeadlineUpdate, ActDoor.Update, typeof(ExtendDeadlineAction)),
        new(SettlementNames.PauseUpdate, ActDoor.Update, typeof(OperatorAction)),
        new(SettlementNames.ResumeUpdate, ActDoor.Update, typeof(OperatorAction)),
        new(SettlementNames.ApproveUpdate, ActDoor.Update, typeof(TicketedAction)),
        new(SettlementNames.RejectUpdate, ActDoor.Update, typeof(TicketedAction)),
        new(SettlementNames.ResolveUpdate, ActDoor.Update, typeof(ResolveAction)),
        new(OperationNames.ReturnPayment, ActDoor.Workflow, typeof(ReturnAction)),
        new(OperationNames.AssignCase, ActDoor.Workflow, typeof(AssignCaseAction)),
        new(OperationNames.CloseCase, ActDoor.Workflow, typeof(CloseCaseAction)),
        new(OperationNames.SetSwitch, ActDoor.Workflow, typeof(SwitchAction)),
        new(OperationNames.ExtendWindow, ActDoor.Workflow, typeof(ExtendWindowAction)),
        new(OperationNames.PublishWindow, ActDoor.Workflow, typeof(PublishWindowAction)),
        new(OperationNames.PublishCalendar, ActDoor.Workflow, typeof(PublishCalendarAction)),
        new(OperationNames.TriggerJob, ActDoor.Workflow, typeof(TriggerJobAction)),
        new(OperationNames.PauseJob, ActDoor.Workflow, typeof(PauseJobAction)),
        new(OperationNames.RestoreSettlement, ActDoor.Workflow, typeof(RestoreAction)),
        new(OperationNames.ReviveSettlement, ActDoor.Workflow, typeof(ReviveAction)),
        new(OperationNames.EndOrphan, ActDoor.Workflow, typeof(EndOrphanAction)),
    ];
}
