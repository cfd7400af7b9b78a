namespace Temporalio.Conformance.Tests.Records;

/// <summary>One thing that a server answered, as text that two servers must share.</summary>
/// <param name="Name">What it is, for the reader of a difference.</param>
/// <param name="Text">Lines in which ids, times and sizes are replaced (<see cref="Normaliser"/>).</param>
/// <param name="Essence">
/// The same without what depends on which task a worker was given first: an SDK's worker takes what is there at the moment, so a faster server
/// makes it more tasks. Equal to the text where nothing does (answers, and histories of workers by hand).
/// </param>
public sealed record Observation(string Name, string Text, string Essence);
