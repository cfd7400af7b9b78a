using Grpc.Core;

namespace Temporalio.DevServer.Visibility;

/// <summary>A page token that this server did not make.</summary>
internal sealed class InvalidPageTokenException() : RpcException(new Status(StatusCode.InvalidArgument, "invalid next page token"), "invalid next page token");
