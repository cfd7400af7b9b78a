using System.Collections.Concurrent;
using System.Reflection;

namespace Temporalio.Workflows;

/// <summary>
/// What the runtime knows of one update handler and its validator.
/// </summary>
public class WorkflowUpdateDefinition
{
    private static readonly ConcurrentDictionary<(MethodInfo Method, MethodInfo? Validator), WorkflowUpdateDefinition>
        Definitions = new();

    private WorkflowUpdateDefinition(string? name, string? description, HandlerUnfinishedPolicy unfinishedPolicy)
    {
        HandlerRules.RequireOwnName("Update", name);
        Name = name;
        Description = description;
        UnfinishedPolicy = unfinishedPolicy;
    }

    /// <summary>Gets the update name, null for the dynamic handler.</summary>
    public string? Name { get; }

    /// <summary>Gets the description, if any.</summary>
    public string? Description { get; }

    /// <summary>Gets a value indicating whether this handler serves all names without a handler of their own.</summary>
    public bool Dynamic => Name == null;

    /// <summary>Gets the handler method, where the definition came from an attribute.</summary>
    internal MethodInfo? Method { get; private init; }

    /// <summary>Gets the validator method, where the definition came from an attribute and has one.</summary>
    internal MethodInfo? ValidatorMethod { get; private init; }

    /// <summary>Gets the handler, where the definition came from a delegate.</summary>
    internal Delegate? Delegate { get; private init; }

    /// <summary>Gets the validator, where the definition came from a delegate and has one.</summary>
    internal Delegate? ValidatorDelegate { get; private init; }

    /// <summary>Gets what happens when the workflow ends while the handler runs.</summary>
    internal HandlerUnfinishedPolicy UnfinishedPolicy { get; }

    /// <summary>Gets the definition of a method with <see cref="WorkflowUpdateAttribute"/>; cached by method.</summary>
    /// <param name="method">Handler method.</param>
    /// <param name="validatorMethod">Validator method, if any.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentException">The attribute is missing, or a method cannot serve.</exception>
    public static WorkflowUpdateDefinition FromMethod(MethodInfo method, MethodInfo? validatorMethod = null)
    {
        HandlerRules.RequirePublicInstance("WorkflowUpdate", method);
        if (validatorMethod != null)
        {
            HandlerRules.RequirePublicInstance("WorkflowUpdateValidator", validatorMethod);
        }
        return Definitions.GetOrAdd((method, validatorMethod), static key => CreateFromMethod(key.Method, key.Validator));
    }

    /// <summary>Creates the definition of a handler that workflow code registers at run time.</summary>
    /// <param name="name">Update name, null for the dynamic handler.</param>
    /// <param name="del">Handler; returns a task.</param>
    /// <param name="validatorDel">Validator with the same parameters and no result, if any.</param>
    /// <param name="unfinishedPolicy">What happens when the workflow ends while the handler runs.</param>
    /// <param name="description">Description, if any.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentException">A delegate cannot serve, or the name is reserved.</exception>
    public static WorkflowUpdateDefinition CreateWithoutAttribute(
        string? name,
        Delegate del,
        Delegate? validatorDel = null,
        HandlerUnfinishedPolicy unfinishedPolicy = HandlerUnfinishedPolicy.WarnAndAbandon,
        string? description = null)
    {
        RequireValid(del.Method, dynamic: name == null, validatorDel?.Method);
        return new(name, description, unfinishedPolicy) { Delegate = del, ValidatorDelegate = validatorDel };
    }

    /// <summary>The name under which callers reach a handler method.</summary>
    /// <param name="method">Method with the attribute.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">The attribute is missing, or the handler is dynamic.</exception>
    internal static string NameFromMethodForCall(MethodInfo method) =>
        FromMethod(method).Name ??
        throw new ArgumentException($"{method} cannot be used directly since it is a dynamic update");

    private static WorkflowUpdateDefinition CreateFromMethod(MethodInfo method, MethodInfo? validatorMethod)
    {
        var attribute = method.GetCustomAttribute<WorkflowUpdateAttribute>(false) ??
            throw new ArgumentException($"{method} missing WorkflowUpdate attribute");
        RequireValid(method, attribute.Dynamic, validatorMethod);
        var name = HandlerRules.NameOf("WorkflowUpdate", method, attribute.Name, attribute.Dynamic, trimAsync: true);
        return new(name, attribute.Description, attribute.UnfinishedPolicy)
        {
            Method = method,
            ValidatorMethod = validatorMethod,
        };
    }

    private static void RequireValid(MethodInfo method, bool dynamic, MethodInfo? validator)
    {
        if (!typeof(Task).IsAssignableFrom(method.ReturnType))
        {
            throw new ArgumentException($"WorkflowUpdate method {method} must return Task");
        }
        if (dynamic)
        {
            HandlerRules.RequireDynamicParameters("WorkflowUpdate", method);
        }
        if (validator == null)
        {
            return;
        }
        if (validator.ReturnType != typeof(void))
        {
            throw new ArgumentException($"WorkflowUpdateValidator method {validator} must be void");
        }
        var expected = method.GetParameters().Select(p => p.ParameterType);
        if (!validator.GetParameters().Select(p => p.ParameterType).SequenceEqual(expected))
        {
            throw new ArgumentException(
                $"WorkflowUpdateValidator method {validator} must have the same parameters as {method}");
        }
    }
}
