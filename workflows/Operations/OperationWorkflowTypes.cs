namespace Settlement.Workflows.Operations;

/// <summary>All workflows of operators' actions that belong to no open settlement.</summary>
public static class OperationWorkflowTypes
{
    public static IReadOnlyList<Type> All { get; } =
    [
        typeof(SetSwitchWorkflow),
        typeof(ExtendWindowWorkflow),
        typeof(PublishWindowWorkflow),
        typeof(PublishCalendarWorkflow),
        typeof(AssignCaseWorkflow),
        typeof(CloseCaseWorkflow),
        typeof(ReturnPaymentWorkflow),
        typeof(ReviveSettlementWorkflow),
        typeof(EndOrphanWorkflow),
        typeof(RestoreSettlementWorkflow),
        typeof(TriggerJobWorkflow),
        typeof(PauseJobWorkflow),
        typeof(NotifyOpenSettlementsWorkflow),
    ];
}
