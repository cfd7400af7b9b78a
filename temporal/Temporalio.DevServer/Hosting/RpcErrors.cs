using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using GrpcWire;

namespace Temporalio.DevServer.Hosting;

/// <summary>Makes the exceptions that end calls with a status, with Temporal's error details (temporal/api/errordetails/v1) where it has one.</summary>
internal static class RpcErrors
{
    public static GrpcException Of(GrpcStatusCode code, string message, IMessage? detail = null) => new(code, message, Status(code, message, detail));

    public static GrpcException InvalidArgument(string message) => Of(GrpcStatusCode.InvalidArgument, message);

    /// <summary>The serialized google.rpc.Status that goes with a status, or null where there is no detail to tell.</summary>
    public static byte[]? Status(GrpcStatusCode code, string message, IMessage? detail)
    {
        if (detail is null)
            return null;
        return new Google.Rpc.Status { Code = (int)code, Message = message, Details = { Any.Pack(detail) } }.ToByteArray();
    }
}
