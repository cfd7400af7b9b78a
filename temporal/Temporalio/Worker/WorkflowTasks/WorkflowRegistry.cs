using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowTasks;

/// <summary>
/// The workflows that a worker can run.
/// </summary>
internal sealed class WorkflowRegistry
{
    private readonly Dictionary<string, WorkflowDefinition> byName = [];
    private readonly WorkflowDefinition? dynamic;

    /// <summary>Initializes a new instance of the <see cref="WorkflowRegistry"/> class.</summary>
    /// <param name="definitions">Workflow types.</param>
    /// <exception cref="ArgumentException">A type cannot be made, or a name occurs twice.</exception>
    internal WorkflowRegistry(IEnumerable<WorkflowDefinition> definitions)
    {
        foreach (var definition in definitions)
        {
            if (!definition.Instantiable)
            {
                throw new ArgumentException($"Workflow named {definition.Name} from {definition.Type} is not instantiable. " +
                    "Note, dependency injection is not supported in workflows.");
            }
            if (definition.Name == null)
            {
                dynamic = dynamic == null ? definition : throw new ArgumentException("Multiple dynamic workflows provided");
            }
            else if (!byName.TryAdd(definition.Name, definition))
            {
                throw new ArgumentException($"Duplicate workflow named {definition.Name}");
            }
        }
    }

    /// <summary>Finds a workflow type.</summary>
    /// <param name="name">Name.</param>
    /// <returns>The type.</returns>
    /// <exception cref="ApplicationFailureException">There is none. Fails the task, so that another deployment can help.</exception>
    internal WorkflowDefinition Find(string name) =>
        byName.GetValueOrDefault(name) ?? dynamic ?? throw new ApplicationFailureException(
            $"Workflow type {name} is not registered on this worker, available workflows: {string.Join(", ", byName.Keys.Order())}",
            errorType: "NotFoundError");
}
