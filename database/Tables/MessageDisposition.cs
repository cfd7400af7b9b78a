using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>What became of a bank message.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<MessageDisposition>))]
public enum MessageDisposition
{
    Received,
    Applied,
    Redundant,
    Late,
    Mismatch,
    Unmatched,
}
