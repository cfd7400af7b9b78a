using System.Reflection;
using Temporalio.Converters;

namespace Temporalio.Workflows;

/// <summary>
/// Rules that the definitions of signals, queries, updates and workflows share.
/// </summary>
internal static class HandlerRules
{
    /// <summary>Names with this prefix belong to Temporal itself.</summary>
    internal const string ReservedNamePrefix = "__temporal_";

    private static readonly string[] ReservedForAll = [ReservedNamePrefix];
    private static readonly string[] ReservedForQueries = [ReservedNamePrefix, "__stack_trace", "__enhanced_stack_trace"];

    /// <summary>Refuses a name that belongs to Temporal.</summary>
    /// <param name="kind">Kind of handler, for the message.</param>
    /// <param name="name">Name, null for a dynamic handler.</param>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    internal static void RequireOwnName(string kind, string? name)
    {
        foreach (var reserved in kind == "Query" ? ReservedForQueries : ReservedForAll)
        {
            if (name != null && name.StartsWith(reserved, StringComparison.Ordinal))
            {
                throw new ArgumentException($"{kind} handler name {name} cannot start with {reserved}");
            }
        }
    }

    /// <summary>Refuses a method that the runtime could not call on the workflow object.</summary>
    /// <param name="attribute">Attribute's short name, for the message.</param>
    /// <param name="method">Method.</param>
    /// <exception cref="ArgumentException">The method is not public, or static.</exception>
    internal static void RequirePublicInstance(string attribute, MethodInfo method)
    {
        if (!method.IsPublic)
        {
            throw new ArgumentException($"{attribute} method {method} must be public");
        }
        if (method.IsStatic)
        {
            throw new ArgumentException($"{attribute} method {method} cannot be static");
        }
    }

    /// <summary>Refuses a dynamic handler that does not take a name and raw values.</summary>
    /// <param name="attribute">Attribute's short name, for the message.</param>
    /// <param name="method">Method.</param>
    /// <exception cref="ArgumentException">The parameters do not fit.</exception>
    internal static void RequireDynamicParameters(string attribute, MethodInfo method)
    {
        if (!HasDynamicParameters(method, nameFirst: true))
        {
            throw new ArgumentException($"{attribute} method {method} must accept string and an array of IRawValue");
        }
    }

    /// <summary>Whether a method takes an array of raw values, after a name if asked.</summary>
    /// <param name="method">Method.</param>
    /// <param name="nameFirst">Whether the first parameter must be a string.</param>
    /// <returns>True if the parameters fit exactly.</returns>
    internal static bool HasDynamicParameters(MethodInfo method, bool nameFirst)
    {
        var types = method.GetParameters().Select(p => p.ParameterType);
        return nameFirst
            ? types.SequenceEqual([typeof(string), typeof(IRawValue[])])
            : types.SequenceEqual([typeof(IRawValue[])]);
    }

    /// <summary>The name of a handler method.</summary>
    /// <param name="attribute">Attribute's short name, for the message.</param>
    /// <param name="method">Method.</param>
    /// <param name="name">Name on the attribute.</param>
    /// <param name="dynamic">Whether the attribute says dynamic.</param>
    /// <param name="trimAsync">Whether a trailing "Async" is cut off.</param>
    /// <returns>The name, null for a dynamic handler.</returns>
    /// <exception cref="ArgumentException">The attribute gives a name to a dynamic handler.</exception>
    internal static string? NameOf(string attribute, MethodInfo method, string? name, bool dynamic, bool trimAsync)
    {
        if (dynamic)
        {
            return name == null
                ? null
                : throw new ArgumentException($"{attribute} method {method} cannot be dynamic with custom name");
        }
        if (name != null)
        {
            return name;
        }
        return trimAsync && method.Name.Length > 5 && method.Name.EndsWith("Async", StringComparison.Ordinal)
            ? method.Name[..^5]
            : method.Name;
    }
}
