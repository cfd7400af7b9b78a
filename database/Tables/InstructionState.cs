using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>What is known of an instruction at the bank.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<InstructionState>))]
public enum InstructionState
{
    Recorded,
    Accepted,
    Confirmed,
    Rejected,
    Unknown,
    Recalled,
    Refused,
}
