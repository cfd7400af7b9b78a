using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Whether a case still waits.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<CaseState>))]
public enum CaseState
{
    Open,
    Resolved,
}
