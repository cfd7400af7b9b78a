using Temporalio.Api.Common.V1;

namespace Temporalio.Exceptions;

/// <summary>A gRPC call ended with a status other than OK.</summary>
public class RpcException : TemporalException
{
    /// <summary>Initializes a new instance of the <see cref="RpcException"/> class.</summary>
    /// <param name="code">Status code.</param>
    /// <param name="message">Message of the server, or of the transport.</param>
    /// <param name="rawStatus">Serialized <c>google.rpc.Status</c>, or null if the server sent none.</param>
    public RpcException(StatusCode code, string message, byte[]? rawStatus)
        : this(code, message, rawStatus, null)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="RpcException"/> class with its cause.</summary>
    /// <param name="code">Status code.</param>
    /// <param name="message">Message of the server, or of the transport.</param>
    /// <param name="rawStatus">Serialized <c>google.rpc.Status</c>, or null if the server sent none.</param>
    /// <param name="innerException">What the transport threw.</param>
    internal RpcException(StatusCode code, string message, byte[]? rawStatus, Exception? innerException)
        : base(message, innerException)
    {
        Code = code;
        RawStatus = rawStatus;
        GrpcStatus = new(() => rawStatus is null ? null : Api.Common.V1.GrpcStatus.Parser.ParseFrom(rawStatus));
    }

    /// <summary>Status codes of gRPC (statuscodes.md of the gRPC project).</summary>
    public enum StatusCode
    {
        /// <summary>Success.</summary>
        OK = 0,

        /// <summary>Cancelled, usually by the caller.</summary>
        Cancelled = 1,

        /// <summary>No better code is known.</summary>
        Unknown = 2,

        /// <summary>The request is wrong whatever the state of the system.</summary>
        InvalidArgument = 3,

        /// <summary>The deadline passed; the operation may still have happened.</summary>
        DeadlineExceeded = 4,

        /// <summary>What was asked for does not exist.</summary>
        NotFound = 5,

        /// <summary>What was to be created exists already.</summary>
        AlreadyExists = 6,

        /// <summary>The caller is known and may not do this.</summary>
        PermissionDenied = 7,

        /// <summary>A quota, a rate or a size limit was hit.</summary>
        ResourceExhausted = 8,

        /// <summary>The system is not in the state that the operation needs.</summary>
        FailedPrecondition = 9,

        /// <summary>A concurrent change won.</summary>
        Aborted = 10,

        /// <summary>Past the valid range.</summary>
        OutOfRange = 11,

        /// <summary>Unknown or switched off.</summary>
        Unimplemented = 12,

        /// <summary>An invariant broke.</summary>
        Internal = 13,

        /// <summary>The service cannot be reached now.</summary>
        Unavailable = 14,

        /// <summary>Data is lost or corrupt for good.</summary>
        DataLoss = 15,

        /// <summary>The caller is not known.</summary>
        Unauthenticated = 16,
    }

    /// <summary>Gets the status code.</summary>
    public StatusCode Code { get; }

    /// <summary>Gets the serialized status with its details, or null if the server sent none.</summary>
    public byte[]? RawStatus { get; }

    /// <summary>Gets the status with its details, parsed when first asked for; null if the server sent none.</summary>
    public Lazy<GrpcStatus?> GrpcStatus { get; }
}
