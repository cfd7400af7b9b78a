namespace Temporalio.Conformance.Tests;

/// <summary>What looks back on the whole suite. xunit runs collections that are not parallel after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AfterTheSuite
{
    /// <summary>Its name.</summary>
    public const string Name = "after the suite";
}
