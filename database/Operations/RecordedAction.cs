using Settlement.Domain;

namespace Settlement.Database;

/// <summary>An operator's action that belongs to no settlement.</summary>
/// <param name="Name">Which action, for example <c>SetSwitch</c>.</param>
/// <param name="RequestId">The operator's own id of it: the same id is the same action.</param>
/// <param name="Actor">Who, and through which door.</param>
/// <param name="Reason">Why.</param>
/// <param name="InputJson">What was asked: the same request id with another input is refused.</param>
/// <param name="AsOf">Business time.</param>
public sealed record RecordedAction(string Name, string RequestId, Actor Actor, string Reason, string InputJson, DateTimeOffset AsOf);
