using NexusRpc.Handlers;
using Temporalio.Activities;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Common;

/// <summary>What a <see cref="SimplePlugin"/> changes. What is unset stays as the client or worker has it.</summary>
public class SimplePluginOptions : ICloneable
{
    /// <summary>Gets or sets the data converter that replaces the client's.</summary>
    public DataConverter? DataConverter
    {
        get => DataConverterOption?.Constant;
        set => DataConverterOption = new(value);
    }

    /// <summary>Gets or sets how the client's data converter is changed.</summary>
    public SimplePluginOption<DataConverter>? DataConverterOption { get; set; }

    /// <summary>Gets or sets client interceptors that come after the client's own.</summary>
    public IReadOnlyCollection<IClientInterceptor>? ClientInterceptors
    {
        get => ClientInterceptorsOption?.Constant;
        set => ClientInterceptorsOption = new(value);
    }

    /// <summary>Gets or sets how the client's interceptors are changed.</summary>
    public SimplePluginOption<IReadOnlyCollection<IClientInterceptor>?>? ClientInterceptorsOption { get; set; }

    /// <summary>Gets the activities that workers get.</summary>
    public IList<ActivityDefinition> Activities { get; } = [];

    /// <summary>Gets the workflows that workers and replayers get.</summary>
    public IList<WorkflowDefinition> Workflows { get; } = [];

    /// <summary>Gets the Nexus services that workers get.</summary>
    public IList<ServiceHandlerInstance> NexusServices { get; } = [];

    /// <summary>Gets or sets worker interceptors that come after the worker's own.</summary>
    public IReadOnlyCollection<IWorkerInterceptor>? WorkerInterceptors
    {
        get => WorkerInterceptorsOption?.Constant;
        set => WorkerInterceptorsOption = new(value);
    }

    /// <summary>Gets or sets how the worker's interceptors are changed.</summary>
    public SimplePluginOption<IReadOnlyCollection<IWorkerInterceptor>?>? WorkerInterceptorsOption { get; set; }

    /// <summary>Gets or sets exception types that fail workflows, besides the worker's own.</summary>
    public IReadOnlyCollection<Type>? WorkflowFailureExceptionTypes
    {
        get => WorkflowFailureExceptionTypesOption?.Constant;
        set => WorkflowFailureExceptionTypesOption = new(value);
    }

    /// <summary>Gets or sets how the worker's failure exception types are changed.</summary>
    public SimplePluginOption<IReadOnlyCollection<Type>?>? WorkflowFailureExceptionTypesOption { get; set; }

    /// <summary>Gets or sets what is done before a worker or replayer runs.</summary>
    public Func<Task>? RunContextBefore { get; set; }

    /// <summary>Gets or sets what is done after a worker or replayer has run.</summary>
    public Func<Task>? RunContextAfter { get; set; }

    /// <summary>Adds an activity.</summary>
    /// <param name="del">Method with <see cref="ActivityAttribute"/>.</param>
    /// <returns>These options.</returns>
    public SimplePluginOptions AddActivity(Delegate del) => AddActivity(ActivityDefinition.Create(del));

    /// <summary>Adds an activity.</summary>
    /// <param name="definition">Its definition.</param>
    /// <returns>These options.</returns>
    public SimplePluginOptions AddActivity(ActivityDefinition definition)
    {
        Activities.Add(definition);
        return this;
    }

    /// <summary>Adds all activities of a type.</summary>
    /// <typeparam name="T">Type with methods that carry <see cref="ActivityAttribute"/>.</typeparam>
    /// <param name="instance">Object to call them on; may be null if all are static.</param>
    /// <returns>These options.</returns>
    public SimplePluginOptions AddAllActivities<T>(T? instance) => AddAllActivities(typeof(T), instance);

    /// <summary>Adds all activities of a type.</summary>
    /// <param name="type">Type with methods that carry <see cref="ActivityAttribute"/>.</param>
    /// <param name="instance">Object to call them on; may be null if all are static.</param>
    /// <returns>These options.</returns>
    public SimplePluginOptions AddAllActivities(Type type, object? instance)
    {
        foreach (var definition in ActivityDefinition.CreateAll(type, instance))
        {
            AddActivity(definition);
        }
        return this;
    }

    /// <summary>Adds a workflow.</summary>
    /// <typeparam name="T">Class with <see cref="WorkflowAttribute"/>.</typeparam>
    /// <returns>These options.</returns>
    public SimplePluginOptions AddWorkflow<T>() => AddWorkflow(typeof(T));

    /// <summary>Adds a workflow.</summary>
    /// <param name="type">Class with <see cref="WorkflowAttribute"/>.</param>
    /// <returns>These options.</returns>
    public SimplePluginOptions AddWorkflow(Type type) => AddWorkflow(WorkflowDefinition.Create(type));

    /// <summary>Adds a workflow.</summary>
    /// <param name="definition">Its definition.</param>
    /// <returns>These options.</returns>
    public SimplePluginOptions AddWorkflow(WorkflowDefinition definition)
    {
        Workflows.Add(definition);
        return this;
    }

    /// <summary>Adds a Nexus service.</summary>
    /// <param name="serviceHandler">Object of a class with <see cref="NexusServiceHandlerAttribute"/>.</param>
    /// <returns>These options.</returns>
    public SimplePluginOptions AddNexusService(object serviceHandler)
    {
        NexusServices.Add(ServiceHandlerInstance.FromInstance(serviceHandler));
        return this;
    }

    /// <summary>Makes a shallow copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();

    /// <summary>A value that replaces or joins another, or a function that changes it.</summary>
    /// <typeparam name="T">Type of the value.</typeparam>
    public class SimplePluginOption<T>
    {
        /// <summary>Initializes a new instance of the <see cref="SimplePluginOption{T}"/> class with a value.</summary>
        /// <param name="value">The value.</param>
        public SimplePluginOption(T? value) => Constant = value;

        /// <summary>Initializes a new instance of the <see cref="SimplePluginOption{T}"/> class with a function.</summary>
        /// <param name="value">From the value before to the value after.</param>
        public SimplePluginOption(Func<T, T> value) => Configurable = value;

        /// <summary>Gets the function, null if there is a value.</summary>
        public Func<T, T>? Configurable { get; }

        /// <summary>Gets the value, if there is one.</summary>
        public T? Constant { get; }

        /// <summary>The value after.</summary>
        /// <param name="before">The value before.</param>
        /// <param name="combine">Joins the value with that before.</param>
        /// <returns>What the function makes, or the two joined.</returns>
        internal T Apply(T before, Func<T, T, T> combine) =>
            Configurable is { } function ? function(before) : Constant is { } value ? combine(before, value) : before;
    }
}
