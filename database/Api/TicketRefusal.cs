namespace Settlement.Database.Api;

/// <summary>Why a ticket was not taken. The words end up in history and problem documents.</summary>
public static class TicketRefusal
{
    public const string Unknown = "unknown";
    public const string Expired = "expired";
    public const string Used = "used";
    public const string OtherSettlement = "other_settlement";
    public const string OtherAction = "other_action";
    public const string OtherOutcome = "other_outcome";
    public const string OtherCase = "other_case";

    /// <summary>The approver started the settlement.</summary>
    public const string OwnSettlement = "own_settlement";

    /// <summary>The approver and the operator of a resolution are one person.</summary>
    public const string SamePerson = "same_person";
}
