using System.Reflection;
using NexusRpc.Handlers;

namespace NexusRpc;

/// <summary>One operation of a service.</summary>
/// <param name="Name">Operation name.</param>
/// <param name="InputType">Type of its argument, <c>void</c> without one.</param>
/// <param name="OutputType">Type of its result, <c>void</c> without one.</param>
/// <param name="MethodInfo">Method it was read from, if any.</param>
public record OperationDefinition(string Name, Type InputType, Type OutputType, MethodInfo? MethodInfo = null)
{
    /// <summary>Reads an operation.</summary>
    /// <param name="method">Method with <see cref="NexusOperationAttribute"/> and at most one parameter.</param>
    /// <returns>The operation.</returns>
    /// <exception cref="ArgumentException">The method is no operation.</exception>
    public static OperationDefinition FromMethod(MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var attribute = method.GetCustomAttribute<NexusOperationAttribute>()
            ?? throw new ArgumentException("Missing NexusOperation attribute");
        if (method.IsStatic)
        {
            throw new ArgumentException("Cannot be static");
        }
        if (method.ContainsGenericParameters)
        {
            throw new ArgumentException("Cannot be generic");
        }
        if (method.ReturnType.IsAssignableTo(typeof(Task)))
        {
            throw new ArgumentException("Cannot return a task: the result type itself is the operation's");
        }
        var parameters = method.GetParameters();
        return parameters.Length > 1
            ? throw new ArgumentException("Cannot have more than one parameter")
            : new(
                attribute.Name ?? method.Name,
                NoValue.NormalizeVoidType(parameters.Length == 0 ? typeof(void) : parameters[0].ParameterType),
                NoValue.NormalizeVoidType(method.ReturnType),
                method);
    }
}
