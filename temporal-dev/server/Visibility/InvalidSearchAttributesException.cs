using Grpc.Core;

namespace Temporalio.DevServer.Visibility;

/// <summary>
/// Search attributes that cannot be set. The message is the real server's. A frontend lets it pass (INVALID_ARGUMENT); a workflow task that asked for
/// it fails with BAD_SEARCH_ATTRIBUTES.
/// </summary>
internal sealed class InvalidSearchAttributesException(string message) : RpcException(new Status(StatusCode.InvalidArgument, message), message);
