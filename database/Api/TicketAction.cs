namespace Settlement.Database.Api;

/// <summary>What a ticket may be used for, in the words of the interface.</summary>
public static class TicketAction
{
    public const string Approve = "approve";
    public const string Reject = "reject";
    public const string Resolve = "resolve";

    /// <summary>All actions that need a second person.</summary>
    public static IReadOnlySet<string> All { get; } = new HashSet<string>(StringComparer.Ordinal) { Approve, Reject, Resolve };
}
