namespace Settlement.Activities.Operations;

/// <summary>All activities of operators' actions that belong to no open settlement; each class has one. Some need an <c>ITemporalClient</c>.</summary>
public static class OperationActivityTypes
{
    public static IReadOnlyList<Type> All { get; } =
    [
        typeof(SetSwitchActivity),
        typeof(ExtendWindowActivity),
        typeof(PublishWindowActivity),
        typeof(PublishCalendarActivity),
        typeof(AssignCaseActivity),
        typeof(CloseCaseActivity),
        typeof(ReturnPaymentActivity),
        typeof(ReviveSettlementActivity),
        typeof(EndOrphanActivity),
        typeof(RestoreSettlementActivity),
        typeof(TriggerJobActivity),
        typeof(PauseJobActivity),
        typeof(NotifyOpenSettlementsActivity),
    ];
}
