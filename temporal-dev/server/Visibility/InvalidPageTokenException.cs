using GrpcWire;

namespace Temporalio.DevServer.Visibility;

/// <summary>A page token that this server did not make.</summary>
internal sealed class InvalidPageTokenException() : GrpcException(GrpcStatusCode.InvalidArgument, "invalid next page token");
