using Microsoft.Extensions.DependencyInjection.Extensions;
using NexusRpc.Handlers;

namespace Temporalio.Extensions.Hosting;

/// <content>Nexus services.</content>
public static partial class TemporalWorkerServiceOptionsBuilderExtensions
{
    /// <summary>Adds a Nexus service, with one object for the life of the application.</summary>
    /// <typeparam name="T">Class with <see cref="NexusServiceHandlerAttribute"/>; registered as a singleton if it is not registered yet.</typeparam>
    /// <param name="builder">Builder.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddSingletonNexusService<T>(
        this ITemporalWorkerServiceOptionsBuilder builder) => builder.AddSingletonNexusService(typeof(T));

    /// <summary>Adds a Nexus service, with one object for the life of the application.</summary>
    /// <param name="builder">Builder.</param>
    /// <param name="type">Class with <see cref="NexusServiceHandlerAttribute"/>; registered as a singleton if it is not registered yet.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddSingletonNexusService(
        this ITemporalWorkerServiceOptionsBuilder builder, Type type)
    {
        builder.Services.TryAddSingleton(type);
        return builder.AddNexusServiceOf(type);
    }

    /// <summary>Adds a Nexus service, with an object for each call of an operation.</summary>
    /// <typeparam name="T">Class with <see cref="NexusServiceHandlerAttribute"/>; registered as scoped if it is not registered yet.</typeparam>
    /// <param name="builder">Builder.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddScopedNexusService<T>(
        this ITemporalWorkerServiceOptionsBuilder builder) => builder.AddScopedNexusService(typeof(T));

    /// <summary>Adds a Nexus service, with an object for each call of an operation.</summary>
    /// <param name="builder">Builder.</param>
    /// <param name="type">Class with <see cref="NexusServiceHandlerAttribute"/>; registered as scoped if it is not registered yet.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddScopedNexusService(
        this ITemporalWorkerServiceOptionsBuilder builder, Type type)
    {
        builder.Services.TryAddScoped(type);
        return builder.AddNexusServiceOf(type);
    }

    /// <summary>Adds a Nexus service, with an object for each call of an operation.</summary>
    /// <typeparam name="T">Class with <see cref="NexusServiceHandlerAttribute"/>; registered as transient if it is not registered yet.</typeparam>
    /// <param name="builder">Builder.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddTransientNexusService<T>(
        this ITemporalWorkerServiceOptionsBuilder builder) => builder.AddTransientNexusService(typeof(T));

    /// <summary>Adds a Nexus service, with an object for each call of an operation.</summary>
    /// <param name="builder">Builder.</param>
    /// <param name="type">Class with <see cref="NexusServiceHandlerAttribute"/>; registered as transient if it is not registered yet.</param>
    /// <returns>The builder.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddTransientNexusService(
        this ITemporalWorkerServiceOptionsBuilder builder, Type type)
    {
        builder.Services.TryAddTransient(type);
        return builder.AddNexusServiceOf(type);
    }

    private static ITemporalWorkerServiceOptionsBuilder AddNexusServiceOf(
        this ITemporalWorkerServiceOptionsBuilder builder, Type type)
    {
        builder.ConfigureOptions().PostConfigure<IServiceProvider>((options, provider) => options.AddNexusService(
            ServiceHandlerInstance.FromType(type, method => new ScopedOperationHandler(provider, type, method))));
        return builder;
    }
}
