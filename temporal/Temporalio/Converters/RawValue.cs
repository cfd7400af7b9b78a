using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>A value that is decoded but not converted.</summary>
/// <param name="Payload">The payload.</param>
public record RawValue(Payload Payload) : IRawValue;
