using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>
/// A value that is handed over as it came from the wire, neither decoded nor encoded by the payload converter.
/// Dynamic activities, workflows and handlers receive arrays of it.
/// </summary>
public interface IRawValue
{
    /// <summary>Gets the payload as the payload codec left it: decrypted, but not converted.</summary>
    Payload Payload { get; }
}
