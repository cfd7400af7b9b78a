using System.Linq.Expressions;
using System.Reflection;
using NexusRpc;
using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>Calls the operations of a Nexus service by its interface.</summary>
/// <typeparam name="TService">Interface with <see cref="NexusServiceAttribute"/>.</typeparam>
public class NexusClient<TService> : NexusClient
{
    private readonly ServiceDefinition definition;

    /// <summary>Initializes a new instance of the <see cref="NexusClient{TService}"/> class.</summary>
    /// <param name="definition">The service.</param>
    /// <param name="options">Options with an endpoint.</param>
    internal NexusClient(ServiceDefinition definition, NexusClientOptions options)
        : base(definition.Name, options) => this.definition = definition;

    /// <summary>Starts an operation without a result and waits for its end.</summary>
    /// <param name="operationStartCall">Call of the operation. It is taken apart, not made.</param>
    /// <param name="options">Options.</param>
    /// <returns>Completes with the operation.</returns>
    /// <exception cref="Exceptions.NexusOperationFailureException">It failed.</exception>
    public async Task ExecuteNexusOperationAsync(
        Expression<Action<TService>> operationStartCall, NexusOperationOptions? options = null)
    {
        var handle = await StartNexusOperationAsync(operationStartCall, options);
        await handle.GetResultAsync();
    }

    /// <summary>Starts an operation and waits for its result.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="operationStartCall">Call of the operation. It is taken apart, not made.</param>
    /// <param name="options">Options.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.NexusOperationFailureException">It failed.</exception>
    public async Task<TResult> ExecuteNexusOperationAsync<TResult>(
        Expression<Func<TService, TResult>> operationStartCall, NexusOperationOptions? options = null)
    {
        var handle = await StartNexusOperationAsync(operationStartCall, options);
        return await handle.GetResultAsync();
    }

    /// <summary>Starts an operation without a result.</summary>
    /// <param name="operationStartCall">Call of the operation. It is taken apart, not made.</param>
    /// <param name="options">Options.</param>
    /// <returns>The operation, once its handler has answered.</returns>
    /// <exception cref="Exceptions.NexusOperationFailureException">It could not be started.</exception>
    public Task<NexusOperationHandle> StartNexusOperationAsync(
        Expression<Action<TService>> operationStartCall, NexusOperationOptions? options = null)
    {
        var (operation, arg) = CallOf(operationStartCall);
        return StartNexusOperationAsync(operation, arg, options);
    }

    /// <summary>Starts an operation.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="operationStartCall">Call of the operation. It is taken apart, not made.</param>
    /// <param name="options">Options.</param>
    /// <returns>The operation, once its handler has answered.</returns>
    /// <exception cref="Exceptions.NexusOperationFailureException">It could not be started.</exception>
    public Task<NexusOperationHandle<TResult>> StartNexusOperationAsync<TResult>(
        Expression<Func<TService, TResult>> operationStartCall, NexusOperationOptions? options = null)
    {
        var (operation, arg) = CallOf(operationStartCall);
        return StartNexusOperationAsync<TResult>(operation, arg, options);
    }

    private (string Operation, object? Arg) CallOf(LambdaExpression call)
    {
        var (method, args) = ExpressionUtil.ExtractCall(call);
        var operation = definition.Operations.Values.FirstOrDefault(o => Same(o.MethodInfo, method))
            ?? throw new ArgumentException($"{method.Name} is no operation of {definition.Name}");
        return (operation.Name, args.SingleOrDefault());
    }

    private static bool Same(MethodInfo? one, MethodInfo other) =>
        one?.MetadataToken == other.MetadataToken && one.Module == other.Module && one.DeclaringType == other.DeclaringType;
}
