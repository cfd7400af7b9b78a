namespace Temporalio.Conformance.Tests.Records;

/// <summary>What one run of a behaviour on one server came to.</summary>
/// <param name="Failure">Why it failed, or null if it passed.</param>
/// <param name="Observations">Histories and answers in the order in which they were seen, made comparable; empty if it failed.</param>
public sealed record BehaviourRecord(string? Failure, IReadOnlyList<Observation> Observations)
{
    /// <summary>Whether the behaviour holds.</summary>
    public bool Passed => Failure is null;
}
