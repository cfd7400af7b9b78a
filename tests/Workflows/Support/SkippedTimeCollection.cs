namespace Settlement.Workflows.Tests.Support;

/// <summary>Each of these tests runs a server and a worker of its own: one after the other, so that none starves another.</summary>
[CollectionDefinition(Name)]
public sealed class SkippedTimeCollection
{
    public const string Name = "skipped time";
}
