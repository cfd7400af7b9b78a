using System.Collections.Concurrent;
using System.Reflection;
using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>
/// What client and worker know of one workflow type.
/// </summary>
public class WorkflowDefinition
{
    private static readonly ConcurrentDictionary<Type, WorkflowDefinition> Definitions = new();

    private readonly Func<object?[], object>? creator;

    /// <summary>Initializes a new instance of the <see cref="WorkflowDefinition"/> class.</summary>
    /// <param name="type">Workflow type.</param>
    /// <param name="runMethod">Method with <see cref="WorkflowRunAttribute"/>.</param>
    /// <param name="creator">Makes the workflow object, null if the type is only called.</param>
    internal WorkflowDefinition(Type type, MethodInfo runMethod, Func<object?[], object>? creator)
    {
        Type = type;
        RunMethod = runMethod;
        this.creator = creator;
    }

    /// <summary>Gets the workflow type name, null for the dynamic workflow.</summary>
    public string? Name { get; internal init; }

    /// <summary>Gets the .NET type.</summary>
    public Type Type { get; }

    /// <summary>Gets the method where the workflow begins.</summary>
    public MethodInfo RunMethod { get; }

    /// <summary>Gets a value indicating whether a worker can run the type; an interface can only be called.</summary>
    public bool Instantiable => creator != null;

    /// <summary>Gets a value indicating whether this workflow serves all names without a workflow of their own.</summary>
    public bool Dynamic => Name == null;

    /// <summary>Gets the signal handlers by name.</summary>
    public required IReadOnlyDictionary<string, WorkflowSignalDefinition> Signals { get; init; }

    /// <summary>Gets the dynamic signal handler, if any.</summary>
    public WorkflowSignalDefinition? DynamicSignal { get; internal init; }

    /// <summary>Gets the query handlers by name.</summary>
    public required IReadOnlyDictionary<string, WorkflowQueryDefinition> Queries { get; init; }

    /// <summary>Gets the dynamic query handler, if any.</summary>
    public WorkflowQueryDefinition? DynamicQuery { get; internal init; }

    /// <summary>Gets the update handlers by name.</summary>
    public required IReadOnlyDictionary<string, WorkflowUpdateDefinition> Updates { get; init; }

    /// <summary>Gets the dynamic update handler, if any.</summary>
    public WorkflowUpdateDefinition? DynamicUpdate { get; internal init; }

    /// <summary>Gets the exception types that fail the workflow, see <see cref="WorkflowAttribute.FailureExceptionTypes"/>.</summary>
    public IReadOnlyCollection<Type>? FailureExceptionTypes { get; internal init; }

    /// <summary>Gets how the workflow moves between worker deployment versions.</summary>
    public VersioningBehavior VersioningBehavior { get; internal init; }

    /// <summary>Gets the method with <see cref="WorkflowDynamicOptionsAttribute"/>, if any.</summary>
    internal MethodInfo? DynamicOptionsMethod { get; init; }

    /// <summary>Gets a value indicating whether the creator takes the run arguments.</summary>
    internal bool CreatorTakesArguments { get; init; }

    /// <summary>Gets the definition of a type; cached.</summary>
    /// <typeparam name="T">Workflow type.</typeparam>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentException">The attribute is missing.</exception>
    /// <exception cref="AggregateException">The type breaks one rule or several; one inner error for each.</exception>
    public static WorkflowDefinition Create<T>() => Create(typeof(T));

    /// <summary>Gets the definition of a type; cached.</summary>
    /// <param name="type">Workflow type.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentException">The attribute is missing.</exception>
    /// <exception cref="AggregateException">The type breaks one rule or several; one inner error for each.</exception>
    public static WorkflowDefinition Create(Type type) => Definitions.GetOrAdd(type, static t => Create(t, null, null));

    /// <summary>Creates the definition of a type with another name or another way to make its objects; not cached.</summary>
    /// <param name="type">Workflow type.</param>
    /// <param name="nameOverride">Name instead of the attribute's.</param>
    /// <param name="creatorOverride">Makes the workflow object. Not for types with <see cref="WorkflowInitAttribute"/>.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentException">The attribute is missing, or the creator cannot be replaced.</exception>
    /// <exception cref="AggregateException">The type breaks one rule or several; one inner error for each.</exception>
    public static WorkflowDefinition Create(Type type, string? nameOverride, Func<object?[], object>? creatorOverride) =>
        new WorkflowDefinitionReader(type, nameOverride, creatorOverride).Read();

    /// <summary>Gets the definition of the type that a run method is declared on.</summary>
    /// <param name="runMethod">Method with <see cref="WorkflowRunAttribute"/>.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentException">The attribute is missing.</exception>
    public static WorkflowDefinition FromRunMethod(MethodInfo runMethod)
    {
        if (!runMethod.IsDefined(typeof(WorkflowRunAttribute), false))
        {
            throw new ArgumentException($"{runMethod} missing WorkflowRun attribute");
        }
        // A run method is never inherited, so the type it was reached through is the workflow's.
        return Create(runMethod.ReflectedType ?? throw new ArgumentException($"{runMethod} has no reflected type"));
    }

    /// <summary>Makes a workflow object.</summary>
    /// <param name="workflowArguments">Arguments of the run method.</param>
    /// <returns>The object.</returns>
    /// <exception cref="InvalidOperationException">The type can only be called.</exception>
    public object CreateWorkflowInstance(object?[] workflowArguments) => creator == null
        ? throw new InvalidOperationException($"Cannot instantiate workflow type {Type}")
        : creator(workflowArguments);

    /// <summary>The workflow type name under which callers start the workflow of a run method.</summary>
    /// <param name="method">Run method.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">The attribute is missing, or the workflow is dynamic.</exception>
    internal static string NameFromRunMethodForCall(MethodInfo method) =>
        FromRunMethod(method).Name ??
        throw new ArgumentException($"{method} cannot be used directly since it is a dynamic workflow");
}
