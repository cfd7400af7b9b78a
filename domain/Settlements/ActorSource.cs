using System.Text.Json.Serialization;

namespace Settlement.Domain;

/// <summary>Through which door an action came.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<ActorSource>))]
public enum ActorSource
{
    Workflow,
    Api,
    CommandLine,
    Bank,
    Job,
    Migration,
}
