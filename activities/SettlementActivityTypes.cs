using Settlement.Activities.Approvals;
using Settlement.Activities.Instructions;
using Settlement.Activities.Ledger;
using Settlement.Activities.Lifecycle;
using Settlement.Activities.Notifications;
using Settlement.Activities.Returns;

namespace Settlement.Activities;

/// <summary>All activities of settlements; each class has one.</summary>
public static class SettlementActivityTypes
{
    /// <summary>In the order in which a settlement meets them.</summary>
    public static IReadOnlyList<Type> All { get; } =
    [
        typeof(ValidateActivity),
        typeof(LockFundsActivity),
        typeof(TransferActivity),
        typeof(RequestReturnActivity),
        typeof(ConfirmActivity),
        typeof(FinalizeActivity),
        typeof(EnquireActivity),
        typeof(RecallActivity),
        typeof(AbsorbBankMessageActivity),
        typeof(BeginRollBackActivity),
        typeof(ReleaseFundsActivity),
        typeof(ChangeStatusActivity),
        typeof(AttentionActivity),
        typeof(EscalateActivity),
        typeof(RescheduleActivity),
        typeof(RecordOperatorActivity),
    ];
}
