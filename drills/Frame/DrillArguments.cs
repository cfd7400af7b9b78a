namespace Settlement.Drills.Frame;

/// <summary>What a drill may be told on the command line; null: the drill's own default.</summary>
/// <param name="Temporal">As <c>./run --temporal</c>.</param>
/// <param name="Seed">Fixes inputs and fault plan.</param>
/// <param name="Count">Settlements or cases of a search.</param>
/// <param name="Faults">Planted faults of a search.</param>
/// <param name="Only">One part of the drill only.</param>
public sealed record DrillArguments(string? Temporal = null, int? Seed = null, int? Count = null, int? Faults = null, string? Only = null);
