using System.Reflection;
using System.Runtime.ExceptionServices;

namespace NexusRpc.Handlers;

/// <summary>A service with the handlers of its operations.</summary>
public class ServiceHandlerInstance
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic |
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Initializes a new instance of the <see cref="ServiceHandlerInstance"/> class.</summary>
    /// <param name="definition">The service.</param>
    /// <param name="operationHandlers">Handlers by operation name, exactly one for each operation.</param>
    /// <exception cref="ArgumentException">Handlers are missing, or belong to no operation.</exception>
    public ServiceHandlerInstance(
        ServiceDefinition definition, IReadOnlyDictionary<string, IOperationHandler<object?, object?>> operationHandlers)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(operationHandlers);
        Require(definition.Operations.Keys.Except(operationHandlers.Keys), "Missing handlers for defined operations");
        Require(operationHandlers.Keys.Except(definition.Operations.Keys), "Extra handlers without defined operations");
        Definition = definition;
        OperationHandlers = operationHandlers;
    }

    /// <summary>Gets the service.</summary>
    public ServiceDefinition Definition { get; private init; }

    /// <summary>Gets the handlers by operation name.</summary>
    public IReadOnlyDictionary<string, IOperationHandler<object?, object?>> OperationHandlers { get; private init; }

    /// <summary>Takes the handlers from an object.</summary>
    /// <param name="instance">Object of a class with <see cref="NexusServiceHandlerAttribute"/>.</param>
    /// <returns>The service.</returns>
    /// <exception cref="ArgumentException">The class does not fit its service.</exception>
    public static ServiceHandlerInstance FromInstance(object instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return FromType(instance.GetType(), method => HandlerOf(instance, method));
    }

    /// <summary>Takes the handlers from a class whose objects are made later.</summary>
    /// <param name="type">Class with <see cref="NexusServiceHandlerAttribute"/>.</param>
    /// <param name="handlerOf">The handler that stands for a method with <see cref="NexusOperationHandlerAttribute"/>.</param>
    /// <returns>The service.</returns>
    /// <exception cref="ArgumentException">The class does not fit its service.</exception>
    internal static ServiceHandlerInstance FromType(Type type, Func<MethodInfo, IOperationHandler<object?, object?>> handlerOf)
    {
        var attribute = type.GetCustomAttribute<NexusServiceHandlerAttribute>()
            ?? throw new ArgumentException("Missing NexusServiceHandler attribute");
        var service = ServiceDefinition.FromType(attribute.ServiceType);
        var handlers = new Dictionary<string, IOperationHandler<object?, object?>>();
        foreach (var method in HandlerMethods(type))
        {
            try
            {
                var operation = OperationOf(service, method);
                if (!handlers.TryAdd(operation.Name, handlerOf(method)))
                {
                    throw new ArgumentException($"Duplicate operation handler named {operation.Name}");
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The caller's paramName suffix would hide which method it was.
                throw new ArgumentException($"Failed obtaining operation handler from {method.Name}", e);
            }
        }
        return new(service, handlers);
    }

    /// <summary>Asks a method for its handler.</summary>
    /// <param name="instance">The object; a static method needs none.</param>
    /// <param name="method">The method.</param>
    /// <returns>The handler.</returns>
    /// <exception cref="ArgumentException">It gave none.</exception>
    internal static IOperationHandler<object?, object?> HandlerOf(object? instance, MethodInfo method)
    {
        try
        {
            var handler = method.Invoke(method.IsStatic ? null : instance, null)
                ?? throw new ArgumentException("Operation handler was null");
            return OperationHandler.WrapAsGenericHandler(handler, method.ReturnType);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    private static void Require(IEnumerable<string> wrong, string message)
    {
        var names = string.Join("', '", wrong);
        if (names.Length > 0)
        {
            throw new ArgumentException($"{message}: '{names}'");
        }
    }

    // An override stands for what it overrides.
    private static IEnumerable<MethodInfo> HandlerMethods(Type type)
    {
        var seen = new HashSet<MethodInfo>();
        for (var current = type; current != null; current = current.BaseType)
        {
            foreach (var method in current.GetMethods(Own))
            {
                if (method.IsDefined(typeof(NexusOperationHandlerAttribute), inherit: false) && seen.Add(method.GetBaseDefinition()))
                {
                    yield return method;
                }
            }
        }
    }

    private static OperationDefinition OperationOf(ServiceDefinition service, MethodInfo method)
    {
        if (method.GetParameters().Length > 0)
        {
            throw new ArgumentException("Cannot have parameters");
        }
        if (method.ContainsGenericParameters)
        {
            throw new ArgumentException("Cannot be generic");
        }
        if (!method.IsPublic)
        {
            throw new ArgumentException("Must be public");
        }
        var operation = service.Operations.Values.FirstOrDefault(o => o.MethodInfo?.Name == method.Name)
            ?? throw new ArgumentException("No matching NexusOperation on the service interface");
        var given = method.ReturnType;
        var fits = given.IsGenericType && given.GetGenericTypeDefinition() == typeof(IOperationHandler<,>) &&
            NoValue.NormalizeVoidType(given.GetGenericArguments()[0]) == operation.InputType &&
            NoValue.NormalizeVoidType(given.GetGenericArguments()[1]) == operation.OutputType;
        return fits
            ? operation
            : throw new ArgumentException(
                $"Expected return type of IOperationHandler<{NameOf(operation.InputType)}, {NameOf(operation.OutputType)}>");
    }

    private static string NameOf(Type type) => type == typeof(void) ? nameof(NoValue) : type.Name;
}
