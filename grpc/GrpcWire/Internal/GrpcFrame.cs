namespace GrpcWire.Internal;

/// <summary>One message as it travelled.</summary>
/// <param name="Compressed">Whether <paramref name="Bytes"/> are compressed with the call's encoding.</param>
/// <param name="Bytes">The bytes, in a buffer of the reader.</param>
internal readonly record struct GrpcFrame(bool Compressed, ReadOnlyMemory<byte> Bytes);
