using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>The bank's answer to a recall (camt.029).</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<RecallOutcome>))]
public enum RecallOutcome
{
    /// <summary>Granted: no money moved, and none will.</summary>
    Recalled,
    /// <summary>Refused or too late: the instruction goes on, or is executed already.</summary>
    Refused,
    /// <summary>The bank will answer later.</summary>
    Pending,
}
