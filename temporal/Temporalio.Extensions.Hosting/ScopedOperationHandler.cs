using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using NexusRpc;
using NexusRpc.Handlers;

namespace Temporalio.Extensions.Hosting;

/// <summary>Takes the object behind an operation from dependency injection, in a service scope for each call.</summary>
/// <param name="provider">Where objects come from.</param>
/// <param name="type">Service type of the object.</param>
/// <param name="method">Its method that gives the handler.</param>
internal sealed class ScopedOperationHandler(IServiceProvider provider, Type type, MethodInfo method)
    : IOperationHandler<object?, object?>
{
    /// <inheritdoc />
    public Task<OperationStartResult<object?>> StartAsync(OperationStartContext context, object? input) =>
        InScopeAsync(handler => handler.StartAsync(context, input));

    /// <inheritdoc />
    public Task<object?> FetchResultAsync(OperationFetchResultContext context) =>
        InScopeAsync(handler => handler.FetchResultAsync(context));

    /// <inheritdoc />
    public Task<OperationInfo> FetchInfoAsync(OperationFetchInfoContext context) =>
        InScopeAsync(handler => handler.FetchInfoAsync(context));

    /// <inheritdoc />
    public Task CancelAsync(OperationCancelContext context) => InScopeAsync(async handler =>
    {
        await handler.CancelAsync(context).ConfigureAwait(false);
        return true;
    });

    private async Task<T> InScopeAsync<T>(Func<IOperationHandler<object?, object?>, Task<T>> call)
    {
        var scope = provider.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var instance = method.IsStatic ? null : scope.ServiceProvider.GetRequiredService(type);
            return await call(ServiceHandlerInstance.HandlerOf(instance, method)).ConfigureAwait(false);
        }
    }
}
