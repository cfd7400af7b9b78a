using Temporalio.Api.Enums.V1;

namespace Temporalio.DevServer.Visibility;

/// <summary>A name that a filter may use.</summary>
/// <param name="Name">As written in the filter.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsSystem">True for what every execution has of itself, false for a search attribute that was registered or predefined.</param>
internal sealed record SearchField(string Name, IndexedValueType Type, bool IsSystem);
