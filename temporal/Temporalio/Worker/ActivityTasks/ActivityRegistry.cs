using Temporalio.Activities;

namespace Temporalio.Worker.ActivityTasks;

/// <summary>The activities of a worker by type name.</summary>
internal sealed class ActivityRegistry
{
    private readonly Dictionary<string, ActivityDefinition> byName = [];
    private readonly ActivityDefinition? dynamic;

    /// <summary>Initializes a new instance of the <see cref="ActivityRegistry"/> class.</summary>
    /// <param name="definitions">Activities of the worker.</param>
    /// <exception cref="ArgumentException">Two have the same name, or more than one is dynamic.</exception>
    internal ActivityRegistry(IEnumerable<ActivityDefinition> definitions)
    {
        foreach (var definition in definitions)
        {
            if (definition.Name == null)
            {
                dynamic = dynamic == null
                    ? definition
                    : throw new ArgumentException("Multiple dynamic activities provided");
            }
            else if (!byName.TryAdd(definition.Name, definition))
            {
                throw new ArgumentException($"Duplicate activity named {definition.Name}");
            }
        }
    }

    /// <summary>Finds the activity that serves a type.</summary>
    /// <param name="activityType">Type name.</param>
    /// <returns>Its definition, the dynamic one for unknown names, or null.</returns>
    internal ActivityDefinition? Find(string activityType) => byName.GetValueOrDefault(activityType, dynamic!);

    /// <summary>Says that a type is unknown, and what is known.</summary>
    /// <param name="activityType">Type name.</param>
    /// <returns>The sentence.</returns>
    internal string NotRegistered(string activityType) =>
        $"Activity {activityType} is not registered on this worker, " + (byName.Count == 0
            ? "no available activities."
            : $"available activities: {string.Join(", ", byName.Keys.Order(StringComparer.Ordinal))}");

    /// <summary>Checks that a type is known.</summary>
    /// <param name="activityType">Type name.</param>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    internal void AssertValid(string activityType)
    {
        if (Find(activityType) == null)
        {
            throw new InvalidOperationException(NotRegistered(activityType));
        }
    }
}
