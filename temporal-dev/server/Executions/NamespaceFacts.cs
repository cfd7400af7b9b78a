using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Executions;

/// <summary>What transitions need to know of the namespace they happen in. Immutable; a change of the namespace gives a new one.</summary>
/// <param name="Name">As callers write it.</param>
/// <param name="Id">Lower-case UUID.</param>
/// <param name="Retention">How long a closed run is kept.</param>
/// <param name="SearchAttributes">Which search attributes may be set, and their types.</param>
internal sealed record NamespaceFacts(string Name, string Id, TimeSpan Retention, SearchAttributeRegistry SearchAttributes);
