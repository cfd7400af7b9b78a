namespace Settlement.Database.Api;

/// <summary>What a ticket may be used for, in the words of the interface.</summary>
public static class TicketAction
{
    public const string Approve = "approve";
    public const string Reject = "reject";
    public const string Resolve = "resolve";

    /// <summary>Closing one case; issued at the case and not at the settlement.</summary>
    public const string CloseCase = "close_case";

    /// <summary>All actions on a settlement that need a second person.</summary>
    public static IReadOnlySet<string> All { get; } = new HashSet<string>(StringComparer.Ordinal) { Approve, Reject, Resolve };
}
