using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>What undoes a step.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<CompensationAction>))]
public enum CompensationAction
{
    VoidLock,
    Recall,
    Return,
}
