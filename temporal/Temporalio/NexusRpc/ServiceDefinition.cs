using System.Collections.Concurrent;
using System.Reflection;

namespace NexusRpc;

/// <summary>A service: a name and its operations.</summary>
/// <param name="Name">Service name.</param>
/// <param name="Operations">Operations by name.</param>
public record ServiceDefinition(string Name, IReadOnlyDictionary<string, OperationDefinition> Operations)
{
    private static readonly ConcurrentDictionary<Type, ServiceDefinition> Known = new();

    /// <summary>Initializes a new instance of the <see cref="ServiceDefinition"/> class from a list.</summary>
    /// <param name="name">Service name.</param>
    /// <param name="operations">Operations, each with a name of its own.</param>
    public ServiceDefinition(string name, IEnumerable<OperationDefinition> operations)
        : this(name, operations.ToDictionary(o => o.Name))
    {
    }

    /// <summary>Reads a service. Read once for each type.</summary>
    /// <typeparam name="T">Interface with <see cref="NexusServiceAttribute"/>.</typeparam>
    /// <returns>The service.</returns>
    /// <exception cref="ArgumentException">The type is no service.</exception>
    /// <exception cref="AggregateException">Operations are wrong; an <see cref="ArgumentException"/> for each.</exception>
    public static ServiceDefinition FromType<T>() => FromType(typeof(T));

    /// <summary>Reads a service. Read once for each type.</summary>
    /// <param name="type">Interface with <see cref="NexusServiceAttribute"/>.</param>
    /// <returns>The service.</returns>
    /// <exception cref="ArgumentException">The type is no service.</exception>
    /// <exception cref="AggregateException">Operations are wrong; an <see cref="ArgumentException"/> for each.</exception>
    public static ServiceDefinition FromType(Type type) => Known.GetOrAdd(type, Read);

    private static ServiceDefinition Read(Type type)
    {
        if (!type.IsInterface)
        {
            throw new ArgumentException("Must be an interface");
        }
        var attribute = type.GetCustomAttribute<NexusServiceAttribute>()
            ?? throw new ArgumentException("Missing NexusService attribute");
        var operations = new Dictionary<string, OperationDefinition>();
        var errors = new List<Exception>();
        foreach (var method in type.GetInterfaces().Prepend(type).SelectMany(i => i.GetMethods()))
        {
            if (method.IsDefined(typeof(NexusOperationAttribute), inherit: false))
            {
                Add(method, operations, errors);
            }
        }
        if (errors.Count > 0)
        {
            throw new AggregateException(errors);
        }
        return operations.Count == 0
            ? throw new ArgumentException("No operations found on service")
            : new(attribute.Name ?? WithoutInterfacePrefix(type.Name), operations);
    }

    private static void Add(MethodInfo method, Dictionary<string, OperationDefinition> operations, List<Exception> errors)
    {
        try
        {
            var operation = OperationDefinition.FromMethod(method);
            if (!operations.TryAdd(operation.Name, operation) &&
                operations[operation.Name] with { MethodInfo = null } != operation with { MethodInfo = null })
            {
                errors.Add(new ArgumentException(
                    $"Operation {operation.Name} of {method.DeclaringType?.Name} differs from another of that name"));
            }
        }
        catch (ArgumentException e)
        {
            errors.Add(new ArgumentException($"Operation {method.Name} of {method.DeclaringType?.Name} is invalid: {e.Message}", e));
        }
    }

    private static string WithoutInterfacePrefix(string name) =>
        name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) ? name[1..] : name;
}
