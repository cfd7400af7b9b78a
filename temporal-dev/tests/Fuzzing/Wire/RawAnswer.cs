namespace Temporalio.Fuzzing.Wire;

/// <summary>All that came back.</summary>
/// <param name="HttpStatus">HTTP status, or null if none came (the connection or stream was cut).</param>
/// <param name="GrpcStatus">gRPC status, or null.</param>
/// <param name="Message">gRPC message, percent-encoded as it came, or why there is none.</param>
/// <param name="Details">Base64 of the error details, or null.</param>
/// <param name="Body">Bytes of the body.</param>
internal sealed record RawAnswer(int? HttpStatus, int? GrpcStatus, string Message, string? Details, byte[] Body)
{
    /// <summary>For counting.</summary>
    public string Kind => GrpcStatus is { } grpc ? $"grpc {grpc}" : HttpStatus is { } http ? $"http {http}" : "cut";
}
