using Settlement.Domain;

namespace Settlement.Activities.Notifications;

/// <summary>Something that people should hear of. It holds no amounts, names or account numbers.</summary>
/// <param name="Id">The same for every repeat, so that a receiver can tell them.</param>
/// <param name="Reference">Which settlement.</param>
/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>critical</c>.</param>
/// <param name="Subject">What happened, in a few words.</param>
/// <param name="Status">State of the settlement.</param>
/// <param name="AsOf">Business time.</param>
public sealed record Notification(
    string Id, string Reference, string Severity, string Subject, SettlementStatus Status, DateTimeOffset AsOf);
