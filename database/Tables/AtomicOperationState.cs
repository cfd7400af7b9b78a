using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>State of one attempt.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<AtomicOperationState>))]
public enum AtomicOperationState
{
    InProgress,
    RollingBack,
    RolledBack,
    Completed,
}
