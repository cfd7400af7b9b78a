using System.Reflection;
using System.Runtime.ExceptionServices;
using Temporalio.Converters;

namespace Temporalio.Activities;

/// <summary>
/// What a worker knows of one activity: its type name, what it takes, and how to call it.
/// </summary>
public class ActivityDefinition
{
    private readonly Func<object?[], object?> invoker;

    private ActivityDefinition(
        string? name,
        Type returnType,
        IReadOnlyCollection<Type> parameterTypes,
        int requiredParameterCount,
        Func<object?[], object?> invoker)
    {
        Name = name;
        ReturnType = returnType;
        ParameterTypes = parameterTypes;
        RequiredParameterCount = requiredParameterCount;
        this.invoker = invoker;
    }

    /// <summary>Gets the activity type name, or null for the dynamic activity.</summary>
    public string? Name { get; }

    /// <summary>Gets the declared return type, a task type for asynchronous activities. Informational.</summary>
    public Type ReturnType { get; }

    /// <summary>Gets the types that the worker decodes the arguments into, in order.</summary>
    public IReadOnlyCollection<Type> ParameterTypes { get; }

    /// <summary>Gets the number of leading parameters without a default. An attempt with fewer arguments fails.</summary>
    public int RequiredParameterCount { get; }

    /// <summary>Gets a value indicating whether this activity serves all types that have no definition of their own.</summary>
    public bool Dynamic => Name == null;

    /// <summary>
    /// Creates a definition from a delegate whose method carries <see cref="ActivityAttribute" />.
    /// </summary>
    /// <param name="del">Delegate to call.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentException">The method lacks the attribute, or its signature cannot be an activity's.</exception>
    public static ActivityDefinition Create(Delegate del)
    {
        ArgumentNullException.ThrowIfNull(del);
        var method = del.Method ?? throw new ArgumentException("An activity delegate must have an accessible method", nameof(del));
        return Create(method, MethodCalls.ForDelegate(del));
    }

    /// <summary>
    /// Creates a definition from its parts.
    /// </summary>
    /// <param name="name">Type name, or null for the dynamic activity.</param>
    /// <param name="returnType">Declared return type. Informational.</param>
    /// <param name="parameterTypes">Types to decode the arguments into.</param>
    /// <param name="requiredParameterCount">How many arguments an attempt must bring at least.</param>
    /// <param name="invoker">Called with the decoded arguments; may return a task.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentException">The parts contradict each other.</exception>
    public static ActivityDefinition Create(
        string? name,
        Type returnType,
        IReadOnlyCollection<Type> parameterTypes,
        int requiredParameterCount,
        Func<object?[], object?> invoker)
    {
        ArgumentNullException.ThrowIfNull(parameterTypes);
        if (name == null && (requiredParameterCount != 1 ||
            parameterTypes.Count != 1 || parameterTypes.Single() != typeof(IRawValue[])))
        {
            throw new ArgumentException("Dynamic activity must accept a required array of IRawValue");
        }
        if (requiredParameterCount > parameterTypes.Count)
        {
            throw new ArgumentException(
                $"Activity {name} has more required parameters than parameters", nameof(requiredParameterCount));
        }
        if (parameterTypes.Any(type => type.IsByRef))
        {
            throw new ArgumentException($"Activity {name} has disallowed ref/out parameter");
        }
        return new(name, returnType, parameterTypes, requiredParameterCount, invoker);
    }

    /// <summary>
    /// Creates a definition from a method that carries <see cref="ActivityAttribute" />, called in the given way.
    /// </summary>
    /// <param name="method">Method that names and types the activity.</param>
    /// <param name="invoker">Called with all arguments, defaults filled in; may return a task.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentException">The method lacks the attribute, or its signature cannot be an activity's.</exception>
    public static ActivityDefinition Create(MethodInfo method, Func<object?[], object?> invoker)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(invoker);
        var attribute = method.GetCustomAttribute<ActivityAttribute>(false) ??
            throw new ArgumentException($"{method} missing Activity attribute");
        var parameters = method.GetParameters();
        return Create(
            NameOf(method, attribute),
            method.ReturnType,
            Array.ConvertAll(parameters, p => p.ParameterType),
            parameters.Count(p => !p.HasDefaultValue),
            arguments => invoker(WithDefaults(parameters, arguments)));
    }

    /// <summary>
    /// Creates the definitions of all methods of a type that carry <see cref="ActivityAttribute" />.
    /// </summary>
    /// <typeparam name="T">Type to look at; non-public methods count as well.</typeparam>
    /// <param name="instance">Object to call the methods on. May be null if all of them are static.</param>
    /// <returns>The definitions, at least one.</returns>
    /// <exception cref="ArgumentException">There is no activity on the type.</exception>
    /// <exception cref="InvalidOperationException">An activity needs the instance, which is null.</exception>
    public static IReadOnlyCollection<ActivityDefinition> CreateAll<T>(T? instance) => CreateAll(typeof(T), instance);

    /// <summary>
    /// Creates the definitions of all methods of a type that carry <see cref="ActivityAttribute" />.
    /// </summary>
    /// <param name="type">Type to look at; non-public methods count as well.</param>
    /// <param name="instance">Object to call the methods on. May be null if all of them are static.</param>
    /// <returns>The definitions, at least one.</returns>
    /// <exception cref="ArgumentException">There is no activity on the type.</exception>
    /// <exception cref="InvalidOperationException">An activity needs the instance, which is null.</exception>
    public static IReadOnlyCollection<ActivityDefinition> CreateAll(Type type, object? instance)
    {
        ArgumentNullException.ThrowIfNull(type);
        var definitions = new List<ActivityDefinition>();
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
        foreach (var method in type.GetMethods(All))
        {
            if (!method.IsDefined(typeof(ActivityAttribute), false))
            {
                continue;
            }
            if (!method.IsStatic && instance == null)
            {
                throw new InvalidOperationException($"Instance not provided, but activity method {method} is non-static");
            }
            definitions.Add(Create(method, MethodCalls.ForMethod(method, method.IsStatic ? null : instance)));
        }
        return definitions.Count > 0
            ? definitions
            : throw new ArgumentException($"No activities found on {type}", nameof(type));
    }

    /// <summary>
    /// Calls the activity and, if it returns a task, waits for it and takes its result.
    /// </summary>
    /// <param name="parameters">Arguments of the types of <see cref="ParameterTypes" />, at least
    /// <see cref="RequiredParameterCount" /> of them. The caller checks this.</param>
    /// <returns>The result; an empty <see cref="ValueTuple" /> where the activity returns a task without a value.</returns>
    public async Task<object?> InvokeAsync(object?[] parameters)
    {
        object? result;
        try
        {
            result = invoker(parameters);
        }
        catch (TargetInvocationException e) when (e.InnerException != null)
        {
            // Callers see what the activity threw, not that it was called by reflection.
            ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
        if (result is not Task task)
        {
            return result;
        }
        await task.ConfigureAwait(false);
        return TaskResults.Of(task);
    }

    /// <summary>
    /// The type name under which a workflow calls the activity of a method.
    /// </summary>
    /// <param name="method">Method with <see cref="ActivityAttribute" />.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">The attribute is missing, or the activity is dynamic and so has no name.</exception>
    internal static string NameFromMethodForCall(MethodInfo method)
    {
        var attribute = method.GetCustomAttribute<ActivityAttribute>(false) ??
            throw new ArgumentException($"{method} missing Activity attribute");
        return NameOf(method, attribute) ??
            throw new ArgumentException($"{method} cannot be used directly since it is a dynamic activity");
    }

    private static object?[] WithDefaults(ParameterInfo[] parameters, object?[] arguments)
    {
        if (arguments.Length >= parameters.Length)
        {
            return arguments;
        }
        var filled = new object?[parameters.Length];
        arguments.CopyTo(filled, 0);
        for (var i = arguments.Length; i < parameters.Length; i++)
        {
            filled[i] = parameters[i].DefaultValue;
        }
        return filled;
    }

    private static string? NameOf(MethodInfo method, ActivityAttribute attribute)
    {
        if (attribute.Dynamic)
        {
            return attribute.Name == null
                ? null
                : throw new ArgumentException($"Activity {method} cannot be dynamic and have custom name");
        }
        if (attribute.Name != null)
        {
            return attribute.Name;
        }
        var name = WithoutLocalFunctionMangling(method);
        var returnsTask = typeof(Task).IsAssignableFrom(method.ReturnType);
        return returnsTask && name.Length > 5 && name.EndsWith("Async", StringComparison.Ordinal) ? name[..^5] : name;
    }

    // The compiler calls a local function F of method M "<M>g__F|0_0", a lambda "<M>b__0_0".
    private static string WithoutLocalFunctionMangling(MethodInfo method)
    {
        var name = method.Name;
        var begin = name.IndexOf(">g__", StringComparison.Ordinal);
        if (begin > 0)
        {
            var end = name.IndexOf('|', begin);
            name = end > 0
                ? name[(begin + 4)..end]
                : throw new ArgumentException($"Cannot parse name from local function {method}");
        }
        return name.Contains('<', StringComparison.Ordinal)
            ? throw new ArgumentException($"{method} appears to be a lambda which must have a name given on the attribute")
            : name;
    }
}
