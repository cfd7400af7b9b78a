using System.Reflection;

namespace Temporalio.Activities;

/// <summary>
/// Calls to methods known only at run time, without the cost of <see cref="Delegate.DynamicInvoke" /> on every one.
/// </summary>
internal static class MethodCalls
{
    /// <summary>A call to a delegate's method.</summary>
    /// <param name="del">Delegate with one target.</param>
    /// <returns>Function from arguments to result.</returns>
    internal static Func<object?[], object?> ForDelegate(Delegate del)
    {
        // A closed delegate over a static method hides its first argument in Target, and a multicast one has several
        // targets: both are rare enough to go the slow way.
        var closedOverStatic = del.Method.IsStatic && del.Target != null;
        return closedOverStatic || del.GetInvocationList().Length > 1
            ? del.DynamicInvoke
            : ForMethod(del.Method, del.Target);
    }

    /// <summary>A call to a method.</summary>
    /// <param name="method">Method.</param>
    /// <param name="instance">Its object, null for a static method.</param>
    /// <returns>Function from arguments to result.</returns>
    internal static Func<object?[], object?> ForMethod(MethodInfo method, object? instance)
    {
        var invoker = MethodInvoker.Create(method);
        return arguments => invoker.Invoke(instance, arguments.AsSpan());
    }
}
