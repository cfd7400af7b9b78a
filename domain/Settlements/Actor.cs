using System.Text.Json.Serialization;

namespace Settlement.Domain;

/// <summary>Who did something, and through which door. Ends up in history and audit.</summary>
/// <param name="Name">A user name, a bank's id, or <c>system</c>; never a secret.</param>
/// <param name="Source">Which door.</param>
public sealed record Actor(string Name, ActorSource Source)
{
    public const int MaxNameLength = 100;

    /// <summary>The workflow acting by itself.</summary>
    public static readonly Actor System = new("system", ActorSource.Workflow);

    public string Name { get; } = Name is { Length: > 0 and <= MaxNameLength }
        ? Name
        : throw new ArgumentException($"An actor's name has 1 to {MaxNameLength} characters.", nameof(Name));
}

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
