using System.Collections.Concurrent;
using System.Reflection;

namespace Temporalio.Activities;

/// <summary>
/// Results of completed tasks whose type is known only at run time. The reader of each task type is built once.
/// </summary>
internal static class TaskResults
{
    private static readonly ConcurrentDictionary<Type, Func<Task, object?>> Readers = new();
    private static readonly MethodInfo ReadMethod =
        typeof(TaskResults).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>
    /// The result of a task that has run to completion.
    /// </summary>
    /// <param name="task">Completed task.</param>
    /// <returns>Its result, an empty <see cref="ValueTuple" /> for a task without one.</returns>
    internal static object? Of(Task task) => Readers.GetOrAdd(task.GetType(), ReaderFor)(task);

    private static Func<Task, object?> ReaderFor(Type type)
    {
        for (var t = type; t != null; t = t.BaseType)
        {
            if (!t.IsGenericType || t.GetGenericTypeDefinition() != typeof(Task<>))
            {
                continue;
            }
            var resultType = t.GetGenericArguments()[0];
            // The run time represents some tasks without a value as Task<VoidTaskResult>.
            return resultType.Name == "VoidTaskResult"
                ? _ => default(ValueTuple)
                : ReadMethod.MakeGenericMethod(resultType).CreateDelegate<Func<Task, object?>>();
        }
        return _ => default(ValueTuple);
    }

    private static object? Read<T>(Task task) => ((Task<T>)task).Result;
}
