using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>Which deadline has passed.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<EscalationLevel>))]
public enum EscalationLevel
{
    /// <summary>The due date's cut-off: told, no person needed yet.</summary>
    Due,
    /// <summary>Overdue by the warning days.</summary>
    Overdue,
    /// <summary>Overdue by the critical days.</summary>
    Critical,
    /// <summary>Too long in one state.</summary>
    Stuck,
}
