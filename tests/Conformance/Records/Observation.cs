namespace Temporalio.Conformance.Tests.Records;

/// <summary>One thing that a server answered, as text that two servers must share.</summary>
/// <param name="Name">What it is, for the reader of a difference.</param>
/// <param name="Text">Lines in which ids, times and sizes are replaced (<see cref="Normaliser"/>).</param>
public sealed record Observation(string Name, string Text);
