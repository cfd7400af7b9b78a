using System.Reflection;

namespace Temporalio.Workflows;

/// <summary>
/// Reads a workflow type into a definition. Collects all broken rules before it complains, so that the author of a
/// workflow sees them at once.
/// </summary>
/// <param name="type">Workflow type.</param>
/// <param name="nameOverride">Name instead of the attribute's.</param>
/// <param name="creatorOverride">Makes the workflow object instead of a constructor.</param>
internal sealed class WorkflowDefinitionReader(Type type, string? nameOverride, Func<object?[], object>? creatorOverride)
{
    // Non-public and static members are looked at too: an attribute on one is a mistake to report.
    private const BindingFlags AnyMember =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly List<string> errors = [];
    private readonly Dictionary<string, WorkflowSignalDefinition> signals = [];
    private readonly Dictionary<string, WorkflowQueryDefinition> queries = [];
    private readonly Dictionary<string, WorkflowUpdateDefinition> updates = [];
    private WorkflowSignalDefinition? dynamicSignal;
    private WorkflowQueryDefinition? dynamicQuery;
    private WorkflowUpdateDefinition? dynamicUpdate;
    private MethodInfo? runMethod;
    private MethodInfo? dynamicOptions;

    /// <summary>Reads the type.</summary>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentException">The attribute is missing, or the creator cannot be replaced.</exception>
    /// <exception cref="AggregateException">The type breaks a rule.</exception>
    internal WorkflowDefinition Read()
    {
        var attribute = type.GetCustomAttribute<WorkflowAttribute>(false) ??
            throw new ArgumentException($"{type} missing Workflow attribute");
        var name = ReadName(attribute);
        if (type.IsGenericType)
        {
            errors.Add($"{type} has generic type arguments");
        }
        var init = ReadInitConstructor();
        var creator = ReadCreator(init);
        ReadMethods(attribute, init);
        ReadQueryProperties();
        if (runMethod == null)
        {
            errors.Add($"{type} does not have a valid WorkflowRun method");
        }
        if (errors.Count > 0)
        {
            throw new AggregateException(errors.Select(error => new ArgumentException(error)));
        }
        return new(type, runMethod!, creator)
        {
            Name = name,
            CreatorTakesArguments = init != null,
            DynamicOptionsMethod = dynamicOptions,
            FailureExceptionTypes = attribute.FailureExceptionTypes,
            VersioningBehavior = attribute.VersioningBehavior,
            Signals = signals,
            DynamicSignal = dynamicSignal,
            Queries = queries,
            DynamicQuery = dynamicQuery,
            Updates = updates,
            DynamicUpdate = dynamicUpdate,
        };
    }

    private static bool IsDefinedOnBase<T>(MethodInfo method)
        where T : Attribute
    {
        // Attributes do not travel to overrides, so a base with one and an override without is a handler lost by mistake.
        var current = method;
        while (current.GetBaseDefinition() is var root && root != current)
        {
            var parent = current.DeclaringType?.BaseType;
            var overridden = parent?.GetMethods(AnyMember).FirstOrDefault(m => m.GetBaseDefinition() == root);
            if (overridden == null)
            {
                return false;
            }
            if (overridden.IsDefined(typeof(T), false))
            {
                return true;
            }
            current = overridden;
        }
        return false;
    }

    private string? ReadName(WorkflowAttribute attribute)
    {
        var name = nameOverride ?? attribute.Name;
        if (attribute.Dynamic)
        {
            if (name != null)
            {
                errors.Add("Cannot have custom name for dynamic workflow");
            }
            return null;
        }
        name ??= type is { IsInterface: true, Name: ['I', var second, ..] } && char.IsUpper(second) ? type.Name[1..] : type.Name;
        if (name.Contains('\n', StringComparison.Ordinal))
        {
            errors.Add("Workflow name cannot have a newline");
        }
        if (name.StartsWith(HandlerRules.ReservedNamePrefix, StringComparison.Ordinal))
        {
            errors.Add($"Workflow name {name} cannot start with {HandlerRules.ReservedNamePrefix}");
        }
        return name;
    }

    private ConstructorInfo? ReadInitConstructor()
    {
        ConstructorInfo? found = null;
        foreach (var constructor in type.GetConstructors(AnyMember))
        {
            if (!constructor.IsDefined(typeof(WorkflowInitAttribute), false))
            {
                continue;
            }
            if (found != null)
            {
                errors.Add($"WorkflowInit on multiple: {constructor} and {found}");
            }
            else if (!constructor.IsPublic)
            {
                errors.Add($"WorkflowInit on non-public {constructor}");
            }
            else
            {
                found = constructor;
            }
        }
        return found;
    }

    private Func<object?[], object>? ReadCreator(ConstructorInfo? init)
    {
        if (init != null)
        {
            if (creatorOverride != null)
            {
                throw new ArgumentException("Cannot set creator for workflow with WorkflowInit constructor");
            }
            return init.Invoke;
        }
        if (creatorOverride != null || type.IsInterface || type.IsAbstract)
        {
            return creatorOverride;
        }
        var parameterless = type.GetConstructor(BindingFlags.Instance | BindingFlags.Public, Type.EmptyTypes);
        return type.IsValueType || parameterless != null ? _ => Activator.CreateInstance(type)! : null;
    }

    private void ReadMethods(WorkflowAttribute attribute, ConstructorInfo? init)
    {
        var methods = type.GetMethods(AnyMember);
        var validators = ReadValidators(methods);
        foreach (var method in methods)
        {
            if (method.IsDefined(typeof(WorkflowRunAttribute), false))
            {
                ReadRun(method, attribute, init);
            }
            if (method.IsDefined(typeof(WorkflowDynamicOptionsAttribute), false))
            {
                ReadDynamicOptions(method, attribute);
            }
            ReadHandler<WorkflowSignalAttribute>(method, "WorkflowSignal", () => AddSignal(method));
            ReadHandler<WorkflowQueryAttribute>(method, "WorkflowQuery", () => AddQuery(WorkflowQueryDefinition.FromMethod(method)));
            ReadHandler<WorkflowUpdateAttribute>(method, "WorkflowUpdate", () => AddUpdate(method, validators));
        }
        foreach (var (update, validator) in validators)
        {
            errors.Add($"Cannot find update method named {update} for WorkflowUpdateValidator on {validator}");
        }
    }

    private void ReadRun(MethodInfo method, WorkflowAttribute attribute, ConstructorInfo? init)
    {
        string? error = null;
        if (method.DeclaringType != type)
        {
            error = $"WorkflowRun on {method} must be declared on {type}, not inherited from {method.DeclaringType}";
        }
        else if (runMethod != null)
        {
            error = $"WorkflowRun on multiple: {method} and {runMethod}";
        }
        else if (!method.IsPublic || method.IsStatic)
        {
            error = $"WorkflowRun on {(method.IsStatic ? "static" : "non-public")} {method}";
        }
        else if (method.ContainsGenericParameters)
        {
            error = $"{method} with WorkflowRun contains generic parameters";
        }
        else if (!typeof(Task).IsAssignableFrom(method.ReturnType))
        {
            error = $"WorkflowRun method {method} must return an instance of Task";
        }
        else if (init != null && !ParameterTypes(method).SequenceEqual(ParameterTypes(init)))
        {
            error = $"WorkflowRun on {method} must match parameter types of WorkflowInit on {init}";
        }
        else if (attribute.Dynamic && !HandlerRules.HasDynamicParameters(method, nameFirst: false))
        {
            error = $"WorkflowRun on {method} for dynamic workflow must accept an array of IRawValue";
        }
        if (error != null)
        {
            errors.Add(error);
            return;
        }
        runMethod = method;
    }

    private void ReadDynamicOptions(MethodInfo method, WorkflowAttribute attribute)
    {
        if (!attribute.Dynamic)
        {
            errors.Add($"WorkflowDynamicOptions on {method} can only be used in dynamic workflows");
        }
        else if (dynamicOptions != null)
        {
            errors.Add($"WorkflowDynamicOptions cannot be used more than once, but is on {method} and {dynamicOptions}");
        }
        else if (!method.IsPublic || method.IsStatic || method.GetParameters().Length > 0 ||
            method.ReturnType != typeof(WorkflowDefinitionOptions))
        {
            errors.Add($"WorkflowDynamicOptions on {method} needs a public method of the object, without parameters, that returns WorkflowDefinitionOptions");
        }
        else
        {
            dynamicOptions = method;
        }
    }

    private Dictionary<string, MethodInfo> ReadValidators(MethodInfo[] methods)
    {
        var validators = new Dictionary<string, MethodInfo>();
        foreach (var method in methods)
        {
            var attribute = method.GetCustomAttribute<WorkflowUpdateValidatorAttribute>(false);
            if (attribute == null)
            {
                continue;
            }
            if (method.ContainsGenericParameters)
            {
                errors.Add($"{method} with WorkflowUpdateValidator contains generic parameters");
            }
            else if (!validators.TryAdd(attribute.UpdateMethod, method))
            {
                errors.Add($"{type} has more than one update validator for update method {attribute.UpdateMethod}");
            }
        }
        return validators;
    }

    private void ReadHandler<T>(MethodInfo method, string attribute, Action add)
        where T : Attribute
    {
        if (!method.IsDefined(typeof(T), false))
        {
            if (IsDefinedOnBase<T>(method))
            {
                errors.Add($"{attribute} on base definition of {method} but not override");
            }
            return;
        }
        if (method.ContainsGenericParameters)
        {
            errors.Add($"{method} with {attribute} contains generic parameters");
            return;
        }
        try
        {
            add();
        }
        catch (ArgumentException e)
        {
            errors.Add(e.Message);
        }
    }

    private void ReadQueryProperties()
    {
        foreach (var property in type.GetProperties(AnyMember))
        {
            if (!property.IsDefined(typeof(WorkflowQueryAttribute), false))
            {
                continue;
            }
            try
            {
                AddQuery(WorkflowQueryDefinition.FromProperty(property));
            }
            catch (ArgumentException e)
            {
                errors.Add(e.Message);
            }
        }
    }

    private void AddSignal(MethodInfo method)
    {
        var definition = WorkflowSignalDefinition.FromMethod(method);
        Add(signals, definition.Name, definition, ref dynamicSignal, "signal");
    }

    private void AddQuery(WorkflowQueryDefinition definition) =>
        Add(queries, definition.Name, definition, ref dynamicQuery, "query");

    private void AddUpdate(MethodInfo method, Dictionary<string, MethodInfo> validators)
    {
        validators.Remove(method.Name, out var validator);
        var definition = WorkflowUpdateDefinition.FromMethod(method, validator);
        Add(updates, definition.Name, definition, ref dynamicUpdate, "update");
    }

    private void Add<T>(Dictionary<string, T> named, string? name, T definition, ref T? dynamic, string kind)
        where T : class
    {
        if (name == null)
        {
            if (dynamic != null)
            {
                errors.Add($"{type} has more than one dynamic {kind}");
            }
            dynamic = definition;
        }
        else if (!named.TryAdd(name, definition))
        {
            errors.Add($"{type} has more than one {kind} named {name}");
        }
    }

    private static IEnumerable<Type> ParameterTypes(MethodBase method) => method.GetParameters().Select(p => p.ParameterType);
}
