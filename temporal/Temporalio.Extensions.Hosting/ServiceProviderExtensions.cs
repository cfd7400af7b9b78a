using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Temporalio.Activities;

namespace Temporalio.Extensions.Hosting;

/// <summary>Makes activities whose objects come from dependency injection.</summary>
public static class ServiceProviderExtensions
{
    private const BindingFlags AllMethods =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    /// <summary>Makes the definitions of all activities of a type.</summary>
    /// <typeparam name="T">Type with methods that carry <see cref="ActivityAttribute" />.</typeparam>
    /// <param name="provider">Where objects come from.</param>
    /// <returns>The definitions.</returns>
    public static IReadOnlyCollection<ActivityDefinition> CreateTemporalActivityDefinitions<T>(
        this IServiceProvider provider) => provider.CreateTemporalActivityDefinitions(typeof(T));

    /// <summary>Makes the definitions of all activities of a type.</summary>
    /// <param name="provider">Where objects come from.</param>
    /// <param name="type">Type with methods that carry <see cref="ActivityAttribute" />.</param>
    /// <returns>The definitions.</returns>
    public static IReadOnlyCollection<ActivityDefinition> CreateTemporalActivityDefinitions(
        this IServiceProvider provider, Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.GetMethods(AllMethods)
            .Where(method => method.IsDefined(typeof(ActivityAttribute)))
            .Select(method => provider.CreateTemporalActivityDefinition(type, method))
            .ToList();
    }

    /// <summary>Makes the definition of one activity. Each attempt runs in a service scope of its own.</summary>
    /// <param name="provider">Where objects come from.</param>
    /// <param name="instanceType">Service type of the object.</param>
    /// <param name="method">Method with <see cref="ActivityAttribute" />.</param>
    /// <returns>The definition.</returns>
    public static ActivityDefinition CreateTemporalActivityDefinition(
        this IServiceProvider provider, Type instanceType, MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(instanceType);
        ArgumentNullException.ThrowIfNull(method);
        var invoker = MethodInvoker.Create(method);
        return ActivityDefinition.Create(
            method, arguments => InvokeInScopeAsync(provider, method.IsStatic ? null : instanceType, invoker, arguments));
    }

    private static async Task<object?> InvokeInScopeAsync(
        IServiceProvider provider, Type? instanceType, MethodInvoker invoker, object?[] arguments)
    {
        AsyncServiceScope? ownScope = null;
        try
        {
            if (ActivityScope.ServiceScope == null)
            {
                ownScope = provider.CreateAsyncScope();
                ActivityScope.ServiceScope = ownScope;
            }
            if (instanceType != null)
            {
                ActivityScope.ScopedInstance ??= ActivityScope.ServiceScope!.ServiceProvider.GetRequiredService(instanceType);
            }
            var target = instanceType == null ? null : ActivityScope.ScopedInstance;
            // The scope has to outlive the activity's task, so the task is awaited here.
            return await ResultAsync(Invoke(invoker, target, arguments)).ConfigureAwait(false);
        }
        finally
        {
            ActivityScope.ServiceScope = null;
            ActivityScope.ScopedInstance = null;
            if (ownScope is { } scope)
            {
                await scope.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static object? Invoke(MethodInvoker invoker, object? target, object?[] arguments)
    {
        try
        {
            return invoker.Invoke(target, arguments.AsSpan());
        }
        catch (TargetInvocationException e) when (e.InnerException != null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
    }

    private static async Task<object?> ResultAsync(object? returned)
    {
        if (returned is not Task task)
        {
            return returned;
        }
        await task.ConfigureAwait(false);
        return TaskResults.Of(task);
    }
}
