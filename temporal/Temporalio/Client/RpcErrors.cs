using GrpcWire;
using Temporalio.Exceptions;

namespace Temporalio.Client;

/// <summary>Translates the wire's errors into the SDK's.</summary>
internal static class RpcErrors
{
    public static RpcException ToRpcException(GrpcException error) =>
        new((RpcException.StatusCode)error.Status, error.Message, error.Details, error);
}
