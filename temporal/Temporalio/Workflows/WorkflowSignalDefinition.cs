using System.Collections.Concurrent;
using System.Reflection;

namespace Temporalio.Workflows;

/// <summary>
/// What the runtime knows of one signal handler.
/// </summary>
public class WorkflowSignalDefinition
{
    private static readonly ConcurrentDictionary<MethodInfo, WorkflowSignalDefinition> Definitions = new();

    private WorkflowSignalDefinition(
        string? name, string? description, MethodInfo? method, Delegate? del, HandlerUnfinishedPolicy unfinishedPolicy)
    {
        HandlerRules.RequireOwnName("Signal", name);
        Name = name;
        Description = description;
        Method = method;
        Delegate = del;
        UnfinishedPolicy = unfinishedPolicy;
    }

    /// <summary>Gets the signal name, null for the dynamic handler.</summary>
    public string? Name { get; }

    /// <summary>Gets the description, if any.</summary>
    public string? Description { get; }

    /// <summary>Gets a value indicating whether this handler serves all names without a handler of their own.</summary>
    public bool Dynamic => Name == null;

    /// <summary>Gets the handler method, where the definition came from an attribute.</summary>
    internal MethodInfo? Method { get; }

    /// <summary>Gets the handler, where the definition came from a delegate.</summary>
    internal Delegate? Delegate { get; }

    /// <summary>Gets what happens when the workflow ends while the handler runs.</summary>
    internal HandlerUnfinishedPolicy UnfinishedPolicy { get; }

    /// <summary>Gets the definition of a method with <see cref="WorkflowSignalAttribute"/>; cached by method.</summary>
    /// <param name="method">Handler method.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentException">The attribute is missing, or the method cannot be a signal handler.</exception>
    public static WorkflowSignalDefinition FromMethod(MethodInfo method)
    {
        HandlerRules.RequirePublicInstance("WorkflowSignal", method);
        return Definitions.GetOrAdd(method, CreateFromMethod);
    }

    /// <summary>Creates the definition of a handler that workflow code registers at run time.</summary>
    /// <param name="name">Signal name, null for the dynamic handler.</param>
    /// <param name="del">Handler; returns <see cref="Task"/>.</param>
    /// <param name="unfinishedPolicy">What happens when the workflow ends while the handler runs.</param>
    /// <param name="description">Description, if any.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentException">The delegate cannot be a signal handler, or the name is reserved.</exception>
    public static WorkflowSignalDefinition CreateWithoutAttribute(
        string? name,
        Delegate del,
        HandlerUnfinishedPolicy unfinishedPolicy = HandlerUnfinishedPolicy.WarnAndAbandon,
        string? description = null)
    {
        RequireValid(del.Method, dynamic: name == null);
        return new(name, description, null, del, unfinishedPolicy);
    }

    /// <summary>The name under which callers reach a handler method.</summary>
    /// <param name="method">Method with the attribute.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">The attribute is missing, or the handler is dynamic.</exception>
    internal static string NameFromMethodForCall(MethodInfo method) =>
        FromMethod(method).Name ??
        throw new ArgumentException($"{method} cannot be used directly since it is a dynamic signal");

    private static WorkflowSignalDefinition CreateFromMethod(MethodInfo method)
    {
        var attribute = method.GetCustomAttribute<WorkflowSignalAttribute>(false) ??
            throw new ArgumentException($"{method} missing WorkflowSignal attribute");
        RequireValid(method, attribute.Dynamic);
        var name = HandlerRules.NameOf("WorkflowSignal", method, attribute.Name, attribute.Dynamic, trimAsync: true);
        return new(name, attribute.Description, method, null, attribute.UnfinishedPolicy);
    }

    private static void RequireValid(MethodInfo method, bool dynamic)
    {
        if (method.ReturnType != typeof(Task))
        {
            throw new ArgumentException($"WorkflowSignal method {method} must return Task");
        }
        if (dynamic)
        {
            HandlerRules.RequireDynamicParameters("WorkflowSignal", method);
        }
    }
}
