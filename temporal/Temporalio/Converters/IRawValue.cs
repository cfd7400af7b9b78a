using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>
/// A value that is decoded but not converted. As parameter or result type it passes the payload through untouched.
/// </summary>
public interface IRawValue
{
    /// <summary>The payload.</summary>
    Payload Payload { get; }
}
