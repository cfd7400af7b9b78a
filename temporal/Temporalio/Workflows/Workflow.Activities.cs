using System.Linq.Expressions;
using Temporalio.Activities;
using Temporalio.Common;

namespace Temporalio.Workflows;

/// <content>
/// Running activities. Every overload comes down to the one with a name and a result type.
/// </content>
public static partial class Workflow
{
    /// <summary>Runs a activity, given as a call of a static method with a result, on its task queue.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="activityCall">Call of a method with <see cref="ActivityAttribute"/>. It is taken apart, not made.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task<TResult> ExecuteActivityAsync<TResult>(Expression<Func<TResult>> activityCall, ActivityOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(activityCall);
        return ExecuteActivityAsync<TResult>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Runs a activity, given as a call of a static method, on its task queue.</summary>
    /// <param name="activityCall">Call of a method with <see cref="ActivityAttribute"/>. It is taken apart, not made.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>Completes with the activity.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task ExecuteActivityAsync(Expression<Action> activityCall, ActivityOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(activityCall);
        return ExecuteActivityAsync<ValueTuple>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Runs a activity, given as a call of a method with a result, on its task queue.</summary>
    /// <typeparam name="TActivityInstance">Type that the activity is declared on.</typeparam>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="activityCall">Call of a method with <see cref="ActivityAttribute"/>. It is taken apart, not made.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task<TResult> ExecuteActivityAsync<TActivityInstance, TResult>(Expression<Func<TActivityInstance, TResult>> activityCall, ActivityOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(activityCall);
        return ExecuteActivityAsync<TResult>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Runs a activity, given as a call of a method, on its task queue.</summary>
    /// <typeparam name="TActivityInstance">Type that the activity is declared on.</typeparam>
    /// <param name="activityCall">Call of a method with <see cref="ActivityAttribute"/>. It is taken apart, not made.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>Completes with the activity.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task ExecuteActivityAsync<TActivityInstance>(Expression<Action<TActivityInstance>> activityCall, ActivityOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(activityCall);
        return ExecuteActivityAsync<ValueTuple>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Runs a activity, given as a call of an asynchronous static method with a result, on its task queue.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="activityCall">Call of a method with <see cref="ActivityAttribute"/>. It is taken apart, not made.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task<TResult> ExecuteActivityAsync<TResult>(Expression<Func<Task<TResult>>> activityCall, ActivityOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(activityCall);
        return ExecuteActivityAsync<TResult>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Runs a activity, given as a call of an asynchronous static method, on its task queue.</summary>
    /// <param name="activityCall">Call of a method with <see cref="ActivityAttribute"/>. It is taken apart, not made.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>Completes with the activity.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task ExecuteActivityAsync(Expression<Func<Task>> activityCall, ActivityOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(activityCall);
        return ExecuteActivityAsync<ValueTuple>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Runs a activity, given as a call of an asynchronous method with a result, on its task queue.</summary>
    /// <typeparam name="TActivityInstance">Type that the activity is declared on.</typeparam>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="activityCall">Call of a method with <see cref="ActivityAttribute"/>. It is taken apart, not made.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task<TResult> ExecuteActivityAsync<TActivityInstance, TResult>(Expression<Func<TActivityInstance, Task<TResult>>> activityCall, ActivityOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(activityCall);
        return ExecuteActivityAsync<TResult>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Runs a activity, given as a call of an asynchronous method, on its task queue.</summary>
    /// <typeparam name="TActivityInstance">Type that the activity is declared on.</typeparam>
    /// <param name="activityCall">Call of a method with <see cref="ActivityAttribute"/>. It is taken apart, not made.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>Completes with the activity.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task ExecuteActivityAsync<TActivityInstance>(Expression<Func<TActivityInstance, Task>> activityCall, ActivityOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(activityCall);
        return ExecuteActivityAsync<ValueTuple>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Runs a activity by name on its task queue.</summary>
    /// <param name="activity">Activity type name.</param>
    /// <param name="args">Arguments.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>Completes with the activity.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task ExecuteActivityAsync(
        string activity, IReadOnlyCollection<object?> args, ActivityOptions options) =>
        ExecuteActivityAsync<ValueTuple>(activity, args, options);

    /// <summary>Runs a activity by name on its task queue.</summary>
    /// <typeparam name="TResult">Type to convert the result to.</typeparam>
    /// <param name="activity">Activity type name.</param>
    /// <param name="args">Arguments.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task<TResult> ExecuteActivityAsync<TResult>(
        string activity, IReadOnlyCollection<object?> args, ActivityOptions options) =>
        Context.ExecuteActivityAsync<TResult>(activity, args, options);
}
