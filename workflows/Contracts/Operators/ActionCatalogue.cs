namespace Settlement.Workflows.Contracts;

/// <summary>
/// Everything that operators can do, in the order of the runbook. Tests hold the workflows, the API's endpoints, the runbook and the comparison
/// of both doors against this table, so that an action that lacks one of them is noticed.
/// </summary>
public static class ActionCatalogue
{
    /// <summary>All actions.</summary>
    public static IReadOnlyList<CataloguedAction> All { get; } =
    [
        new(SettlementNames.RetryUpdate, ActionDoor.Update, typeof(OperatorAction)),
        new(SettlementNames.CancelUpdate, ActionDoor.Update, typeof(OperatorAction)),
        new(SettlementNames.RetryCompensationUpdate, ActionDoor.Update, typeof(OperatorAction)),
        new(SettlementNames.ExtendDeadlineUpdate, ActionDoor.Update, typeof(ExtendDeadlineAction)),
        new(SettlementNames.PauseUpdate, ActionDoor.Update, typeof(OperatorAction)),
        new(SettlementNames.ResumeUpdate, ActionDoor.Update, typeof(OperatorAction)),
        new(SettlementNames.ApproveUpdate, ActionDoor.Update, typeof(TicketedAction)),
        new(SettlementNames.RejectUpdate, ActionDoor.Update, typeof(TicketedAction)),
        new(SettlementNames.ResolveUpdate, ActionDoor.Update, typeof(ResolveAction)),
        new(OperationNames.ReturnPayment, ActionDoor.Workflow, typeof(ReturnAction)),
        new(OperationNames.AssignCase, ActionDoor.Workflow, typeof(AssignCaseAction)),
        new(OperationNames.CloseCase, ActionDoor.Workflow, typeof(CloseCaseAction)),
        new(OperationNames.SetSwitch, ActionDoor.Workflow, typeof(SwitchAction)),
        new(OperationNames.ExtendWindow, ActionDoor.Workflow, typeof(ExtendWindowAction)),
        new(OperationNames.PublishWindow, ActionDoor.Workflow, typeof(PublishWindowAction)),
        new(OperationNames.PublishCalendar, ActionDoor.Workflow, typeof(PublishCalendarAction)),
        new(OperationNames.TriggerJob, ActionDoor.Workflow, typeof(TriggerJobAction)),
        new(OperationNames.PauseJob, ActionDoor.Workflow, typeof(PauseJobAction)),
        new(OperationNames.RestoreSettlement, ActionDoor.Workflow, typeof(RestoreAction)),
        new(OperationNames.ReviveSettlement, ActionDoor.Workflow, typeof(ReviveAction)),
        new(OperationNames.EndOrphan, ActionDoor.Workflow, typeof(EndOrphanAction)),
    ];
}

/// <summary>One action of operators.</summary>
/// <param name="Name">Name of the update or the workflow type.</param>
/// <param name="Door">Which of the two it is.</param>
/// <param name="Input">What it takes, a kind of <see cref="OperatorAction"/>.</param>
public sealed record CataloguedAction(string Name, ActionDoor Door, Type Input)
{
    /// <summary>Whether it needs the ticket of a second person.</summary>
    public bool NeedsTicket => Input.IsAssignableTo(typeof(TicketedAction));
}

/// <summary>How the command line performs an action.</summary>
public enum ActionDoor
{
    /// <summary><c>temporal workflow update execute --workflow-id settlement-… --name …</c></summary>
    Update,

    /// <summary><c>temporal workflow execute --task-queue settlements --type …</c></summary>
    Workflow,
}
