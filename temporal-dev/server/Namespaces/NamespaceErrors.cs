using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.DevServer.Executions;

namespace Temporalio.DevServer.Namespaces;

/// <summary>The refusals that concern namespaces, worded as the real server words them.</summary>
internal static class NamespaceErrors
{
    public static RpcException NotFound(string name) =>
        new RpcRefusal(StatusCode.NotFound, $"Namespace {name} is not found.", new NamespaceNotFoundFailure { Namespace = name });

    public static RpcException AlreadyExists(string name) =>
        new RpcRefusal(StatusCode.AlreadyExists, $"Namespace \"{name}\" already exists", new NamespaceAlreadyExistsFailure());

    public static RpcException Empty() => RpcRefusal.InvalidArgument("Namespace is empty.");

    public static RpcException NotSet() => RpcRefusal.InvalidArgument("Namespace not set on request.");

    public static RpcException InvalidState(NamespaceEntry entry, params NamespaceState[] allowed) => new RpcRefusal(
        StatusCode.FailedPrecondition,
        $"Namespace has invalid state: {entry.State}. Must be {string.Join(" or ", allowed)}.",
        new NamespaceInvalidStateFailure { Namespace = entry.Name, State = entry.State, AllowedStates = { allowed } });
}
