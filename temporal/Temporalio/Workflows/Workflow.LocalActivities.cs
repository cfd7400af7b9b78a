using System.Linq.Expressions;
using Temporalio.Activities;
using Temporalio.Common;

namespace Temporalio.Workflows;

/// <content>
/// Running local activities. Every overload comes down to the one with a name and a result type.
/// </content>
public static partial class Workflow
{
    /// <summary>Runs a local activity, given as a call of a static method with a result, in this worker.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="activityCall">Call of a method with <see cref="ActivityAttribute"/>. It is taken apart, not made.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task<TResult> ExecuteLocalActivityAsync<TResult>(Expression<Func<TResult>> activityCall, LocalActivityOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(activityCall);
        return ExecuteLocalActivityAsync<TResult>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Runs a local activity, given as a call of a static method, in this worker.</summary>
    /// <param name="activityCall">Call of a method with <see cref="ActivityAttribute"/>. It is taken apart, not made.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>Completes with the activity.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task ExecuteLocalActivityAsync(Expression<Action> activityCall, LocalActivityOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(activityCall);
        return ExecuteLocalActivityAsync<ValueTuple>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Runs a local activity, given as a call of a method with a result, in this worker.</summary>
    /// <typeparam name="TActivityInstance">Type that the activity is declared on.</typeparam>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="activityCall">Call of a method with <see cref="ActivityAttribute"/>. It is taken apart, not made.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task<TResult> ExecuteLocalActivityAsync<TActivityInstance, TResult>(Expression<Func<TActivityInstance, TResult>> activityCall, LocalActivityOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(activityCall);
        return ExecuteLocalActivityAsync<TResult>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Runs a local activity, given as a call of a method, in this worker.</summary>
    /// <typeparam name="TActivityInstance">Type that the activity is declared on.</typeparam>
    /// <param name="activityCall">Call of a method with <see cref="ActivityAttribute"/>. It is taken apart, not made.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>Completes with the activity.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task ExecuteLocalActivityAsync<TActivityInstance>(Expression<Action<TActivityInstance>> activityCall, LocalActivityOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(activityCall);
        return ExecuteLocalActivityAsync<ValueTuple>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Runs a local activity, given as a call of an asynchronous static method with a result, in this worker.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="activityCall">Call of a method with <see cref="ActivityAttribute"/>. It is taken apart, not made.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task<TResult> ExecuteLocalActivityAsync<TResult>(Expression<Func<Task<TResult>>> activityCall, LocalActivityOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(activityCall);
        return ExecuteLocalActivityAsync<TResult>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Runs a local activity, given as a call of an asynchronous static method, in this worker.</summary>
    /// <param name="activityCall">Call of a method with <see cref="ActivityAttribute"/>. It is taken apart, not made.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>Completes with the activity.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task ExecuteLocalActivityAsync(Expression<Func<Task>> activityCall, LocalActivityOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(activityCall);
        return ExecuteLocalActivityAsync<ValueTuple>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Runs a local activity, given as a call of an asynchronous method with a result, in this worker.</summary>
    /// <typeparam name="TActivityInstance">Type that the activity is declared on.</typeparam>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="activityCall">Call of a method with <see cref="ActivityAttribute"/>. It is taken apart, not made.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task<TResult> ExecuteLocalActivityAsync<TActivityInstance, TResult>(Expression<Func<TActivityInstance, Task<TResult>>> activityCall, LocalActivityOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(activityCall);
        return ExecuteLocalActivityAsync<TResult>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Runs a local activity, given as a call of an asynchronous method, in this worker.</summary>
    /// <typeparam name="TActivityInstance">Type that the activity is declared on.</typeparam>
    /// <param name="activityCall">Call of a method with <see cref="ActivityAttribute"/>. It is taken apart, not made.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>Completes with the activity.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task ExecuteLocalActivityAsync<TActivityInstance>(Expression<Func<TActivityInstance, Task>> activityCall, LocalActivityOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(activityCall);
        return ExecuteLocalActivityAsync<ValueTuple>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Runs a local activity by name in this worker.</summary>
    /// <param name="activity">Activity type name.</param>
    /// <param name="args">Arguments.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>Completes with the activity.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task ExecuteLocalActivityAsync(
        string activity, IReadOnlyCollection<object?> args, LocalActivityOptions options) =>
        ExecuteLocalActivityAsync<ValueTuple>(activity, args, options);

    /// <summary>Runs a local activity by name in this worker.</summary>
    /// <typeparam name="TResult">Type to convert the result to.</typeparam>
    /// <param name="activity">Activity type name.</param>
    /// <param name="args">Arguments.</param>
    /// <param name="options">Options; one of the two closing timeouts is required.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    public static Task<TResult> ExecuteLocalActivityAsync<TResult>(
        string activity, IReadOnlyCollection<object?> args, LocalActivityOptions options) =>
        Context.ExecuteLocalActivityAsync<TResult>(activity, args, options);
}
