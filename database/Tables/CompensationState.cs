using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>How far a compensation is.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<CompensationState>))]
public enum CompensationState
{
    Registered,
    Failing,
    Succeeded,
    NotNeeded,
}
