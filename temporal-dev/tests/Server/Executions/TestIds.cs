using Temporalio.DevServer.Executions;

namespace Temporalio.DevServer.Tests.Executions;

/// <summary>Names that count up, so that a scenario always gives the same history.</summary>
internal sealed class TestIds : IIds
{
    private long uuids;
    private long tasks;

    public string NewUuid() => $"00000000-0000-4000-8000-{++uuids:D12}";

    public long NextTaskId() => ++tasks;

    public double NextFraction() => 0.5;
}
