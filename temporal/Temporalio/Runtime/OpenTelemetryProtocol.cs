namespace Temporalio.Runtime;

/// <summary>How metrics are sent to a collector of OpenTelemetry.</summary>
public enum OpenTelemetryProtocol
{
    /// <summary>As calls of gRPC.</summary>
    Grpc,

    /// <summary>As protobuf over HTTP.</summary>
    Http,
}
