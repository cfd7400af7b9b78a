using System.Collections.Concurrent;
using System.Reflection;

namespace Temporalio.Workflows;

/// <summary>
/// What the runtime knows of one query handler.
/// </summary>
public class WorkflowQueryDefinition
{
    private static readonly ConcurrentDictionary<MethodInfo, WorkflowQueryDefinition> MethodDefinitions = new();
    private static readonly ConcurrentDictionary<PropertyInfo, WorkflowQueryDefinition> PropertyDefinitions = new();

    private WorkflowQueryDefinition(string? name, string? description, MethodInfo? method, Delegate? del)
    {
        HandlerRules.RequireOwnName("Query", name);
        Name = name;
        Description = description;
        Method = method;
        Delegate = del;
    }

    /// <summary>Gets the query name, null for the dynamic handler.</summary>
    public string? Name { get; }

    /// <summary>Gets the description, if any.</summary>
    public string? Description { get; }

    /// <summary>Gets a value indicating whether this handler serves all names without a handler of their own.</summary>
    public bool Dynamic => Name == null;

    /// <summary>Gets the handler method or the property's getter, where the definition came from an attribute.</summary>
    internal MethodInfo? Method { get; }

    /// <summary>Gets the handler, where the definition came from a delegate.</summary>
    internal Delegate? Delegate { get; }

    /// <summary>Gets the definition of a method with <see cref="WorkflowQueryAttribute"/>; cached by method.</summary>
    /// <param name="method">Handler method.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentException">The attribute is missing, or the method cannot be a query handler.</exception>
    public static WorkflowQueryDefinition FromMethod(MethodInfo method)
    {
        HandlerRules.RequirePublicInstance("WorkflowQuery", method);
        return MethodDefinitions.GetOrAdd(method, CreateFromMethod);
    }

    /// <summary>Gets the definition of a property with <see cref="WorkflowQueryAttribute"/>; cached by property.</summary>
    /// <param name="property">Property with a public getter.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentException">The attribute is missing, or the property cannot answer a query.</exception>
    public static WorkflowQueryDefinition FromProperty(PropertyInfo property) =>
        PropertyDefinitions.GetOrAdd(property, CreateFromProperty);

    /// <summary>Creates the definition of a handler that workflow code registers at run time.</summary>
    /// <param name="name">Query name, null for the dynamic handler.</param>
    /// <param name="del">Handler; returns a value that is no task.</param>
    /// <param name="description">Description, if any.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentException">The delegate cannot be a query handler, or the name is reserved.</exception>
    public static WorkflowQueryDefinition CreateWithoutAttribute(string? name, Delegate del, string? description = null)
    {
        RequireValid(del.Method, dynamic: name == null);
        return new(name, description, null, del);
    }

    /// <summary>The name under which callers reach a handler method.</summary>
    /// <param name="method">Method with the attribute.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">The attribute is missing, or the handler is dynamic.</exception>
    internal static string NameFromMethodForCall(MethodInfo method) =>
        FromMethod(method).Name ??
        throw new ArgumentException($"{method} cannot be used directly since it is a dynamic query");

    /// <summary>The name under which callers reach a property.</summary>
    /// <param name="property">Property with the attribute.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">The attribute is missing.</exception>
    internal static string NameFromPropertyForCall(PropertyInfo property) =>
        FromProperty(property).Name ??
        throw new ArgumentException($"{property} cannot be used directly since it is a dynamic query");

    private static WorkflowQueryDefinition CreateFromMethod(MethodInfo method)
    {
        var attribute = method.GetCustomAttribute<WorkflowQueryAttribute>(false) ??
            throw new ArgumentException($"{method} missing WorkflowQuery attribute");
        RequireValid(method, attribute.Dynamic);
        var name = HandlerRules.NameOf("WorkflowQuery", method, attribute.Name, attribute.Dynamic, trimAsync: false);
        return new(name, attribute.Description, method, null);
    }

    private static WorkflowQueryDefinition CreateFromProperty(PropertyInfo property)
    {
        var attribute = property.GetCustomAttribute<WorkflowQueryAttribute>(false) ??
            throw new ArgumentException($"{property} missing WorkflowQuery attribute");
        var getter = property.GetGetMethod() ??
            throw new ArgumentException($"WorkflowQuery property {property} must have public getter");
        if (attribute.Dynamic)
        {
            throw new ArgumentException($"WorkflowQuery property {property} cannot be dynamic");
        }
        if (getter.IsStatic)
        {
            throw new ArgumentException($"WorkflowQuery property {property} cannot be static");
        }
        RequireValid(getter, dynamic: false);
        return new(attribute.Name ?? property.Name, attribute.Description, getter, null);
    }

    private static void RequireValid(MethodInfo method, bool dynamic)
    {
        if (method.ReturnType == typeof(void))
        {
            throw new ArgumentException($"WorkflowQuery method {method} must return a value");
        }
        if (typeof(Task).IsAssignableFrom(method.ReturnType))
        {
            throw new ArgumentException($"WorkflowQuery method {method} cannot return a Task");
        }
        if (dynamic)
        {
            HandlerRules.RequireDynamicParameters("WorkflowQuery", method);
        }
    }
}
