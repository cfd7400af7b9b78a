using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Temporalio.Extensions.Hosting;

/// <summary>What can be said of a hosted worker.</summary>
public static partial class TemporalWorkerServiceOptionsBuilderExtensions
{
    /// <summary>Adds the activities of a type, with one object for the life of the application.</summary>
    /// <typeparam name="T">Type; registered as a singleton if it is not registered yet.</typeparam>
    /// <param name="builder">Builder.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddSingletonActivities<T>(
        this ITemporalWorkerServiceOptionsBuilder builder) => builder.AddSingletonActivities(typeof(T));

    /// <summary>Adds the activities of a type, with one object for the life of the application.</summary>
    /// <param name="builder">Builder.</param>
    /// <param name="type">Type; registered as a singleton if it is not registered yet.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddSingletonActivities(
        this ITemporalWorkerServiceOptionsBuilder builder, Type type)
    {
        builder.Services.TryAddSingleton(type);
        return builder.ApplyTemporalActivities(type);
    }

    /// <summary>Adds the activities of a type, with an object for each attempt.</summary>
    /// <typeparam name="T">Type; registered as scoped if it is not registered yet.</typeparam>
    /// <param name="builder">Builder.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddScopedActivities<T>(
        this ITemporalWorkerServiceOptionsBuilder builder) => builder.AddScopedActivities(typeof(T));

    /// <summary>Adds the activities of a type, with an object for each attempt.</summary>
    /// <param name="builder">Builder.</param>
    /// <param name="type">Type; registered as scoped if it is not registered yet.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddScopedActivities(
        this ITemporalWorkerServiceOptionsBuilder builder, Type type)
    {
        builder.Services.TryAddScoped(type);
        return builder.ApplyTemporalActivities(type);
    }

    /// <summary>Adds the activities of a type, with an object for each attempt.</summary>
    /// <typeparam name="T">Type; registered as transient if it is not registered yet.</typeparam>
    /// <param name="builder">Builder.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddTransientActivities<T>(
        this ITemporalWorkerServiceOptionsBuilder builder) => builder.AddTransientActivities(typeof(T));

    /// <summary>Adds the activities of a type, with an object for each attempt.</summary>
    /// <param name="builder">Builder.</param>
    /// <param name="type">Type; registered as transient if it is not registered yet.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddTransientActivities(
        this ITemporalWorkerServiceOptionsBuilder builder, Type type)
    {
        builder.Services.TryAddTransient(type);
        return builder.ApplyTemporalActivities(type);
    }

    /// <summary>Adds the activities of a type, all of them static.</summary>
    /// <typeparam name="T">Type.</typeparam>
    /// <param name="builder">Builder.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddStaticActivities<T>(
        this ITemporalWorkerServiceOptionsBuilder builder) => builder.AddStaticActivities(typeof(T));

    /// <summary>Adds the activities of a type, all of them static.</summary>
    /// <param name="builder">Builder.</param>
    /// <param name="type">Type.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddStaticActivities(
        this ITemporalWorkerServiceOptionsBuilder builder, Type type) =>
        builder.ConfigureOptions(options => options.AddAllActivities(type, null));

    /// <summary>Adds the activities of a type, called on an object.</summary>
    /// <typeparam name="T">Type.</typeparam>
    /// <param name="builder">Builder.</param>
    /// <param name="instance">Object.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddActivitiesInstance<T>(
        this ITemporalWorkerServiceOptionsBuilder builder, T instance) =>
        builder.AddActivitiesInstance(typeof(T), instance!);

    /// <summary>Adds the activities of a type, called on an object.</summary>
    /// <param name="builder">Builder.</param>
    /// <param name="type">Type.</param>
    /// <param name="instance">Object.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddActivitiesInstance(
        this ITemporalWorkerServiceOptionsBuilder builder, Type type, object instance) =>
        builder.ConfigureOptions(options => options.AddAllActivities(type, instance));

    /// <summary>Adds a workflow.</summary>
    /// <typeparam name="T">Workflow type.</typeparam>
    /// <param name="builder">Builder.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddWorkflow<T>(
        this ITemporalWorkerServiceOptionsBuilder builder) => builder.AddWorkflow(typeof(T));

    /// <summary>Adds a workflow.</summary>
    /// <param name="builder">Builder.</param>
    /// <param name="type">Workflow type.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddWorkflow(
        this ITemporalWorkerServiceOptionsBuilder builder, Type type) =>
        builder.ConfigureOptions(options => options.AddWorkflow(type));

    /// <summary>Gives access to the worker's options.</summary>
    /// <param name="builder">Builder.</param>
    /// <param name="disallowDuplicates">Whether to fail if this worker has options already.</param>
    /// <returns>Builder of the options.</returns>
    /// <exception cref="InvalidOperationException">The worker has options already, which is not allowed.</exception>
    public static OptionsBuilder<TemporalWorkerServiceOptions> ConfigureOptions(
        this ITemporalWorkerServiceOptionsBuilder builder, bool disallowDuplicates = false)
    {
        var name = TemporalWorkerServiceOptions.GetUniqueOptionsName(
            builder.TaskQueue, builder.BuildId ?? builder.DeploymentOptions?.Version?.ToCanonicalString());
        if (disallowDuplicates && HasOptions(builder.Services, name))
        {
            throw new InvalidOperationException(
                $"Worker service for task queue '{builder.TaskQueue}' and version '{builder.BuildId ?? builder.DeploymentOptions?.Version?.ToCanonicalString()}' already on collection");
        }
        return builder.Services.AddOptions<TemporalWorkerServiceOptions>(name);
    }

    /// <summary>Sets options of the worker.</summary>
    /// <param name="builder">Builder.</param>
    /// <param name="configure">Sets them.</param>
    /// <param name="disallowDuplicates">Whether to fail if this worker has options already.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">The worker has options already, which is not allowed.</exception>
    public static ITemporalWorkerServiceOptionsBuilder ConfigureOptions(
        this ITemporalWorkerServiceOptionsBuilder builder,
        Action<TemporalWorkerServiceOptions> configure,
        bool disallowDuplicates = false)
    {
        builder.ConfigureOptions(disallowDuplicates).Configure(configure);
        return builder;
    }

    /// <summary>Adds the activities of a type that is registered, or will be, by other means.</summary>
    /// <typeparam name="T">Type.</typeparam>
    /// <param name="builder">Builder.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder ApplyTemporalActivities<T>(
        this ITemporalWorkerServiceOptionsBuilder builder) => builder.ApplyTemporalActivities(typeof(T));

    /// <summary>Adds the activities of a type that is registered, or will be, by other means.</summary>
    /// <param name="builder">Builder.</param>
    /// <param name="type">Type.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder ApplyTemporalActivities(
        this ITemporalWorkerServiceOptionsBuilder builder, Type type)
    {
        builder.ConfigureOptions().PostConfigure<IServiceProvider>((options, provider) =>
        {
            foreach (var definition in provider.CreateTemporalActivityDefinitions(type))
            {
                options.AddActivity(definition);
            }
        });
        return builder;
    }

    private static bool HasOptions(IServiceCollection services, string name) => services.Any(service =>
        !service.IsKeyedService &&
        service.ImplementationInstance is ConfigureNamedOptions<TemporalWorkerServiceOptions> options &&
        options.Name == name);
}
