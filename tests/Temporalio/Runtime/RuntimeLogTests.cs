using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using Temporalio.Bridge;
using Temporalio.Runtime;

namespace Temporalio.InTree.Tests.Runtime;

/// <summary>The runtime's own logs, handed to an application's logger.</summary>
public sealed class RuntimeLogTests
{
    private readonly CapturingLogger logger = new();

    [Fact]
    public void Write_WithFields_HandsOnStateAndText()
    {
        var log = new RuntimeLog(new() { Forwarding = new(logger) });

        log.Write(LogLevel.Warning, RuntimeLog.Workflow, "Failing workflow task", ("run_id", "run"), ("failure", "say \"no\""));

        var entry = logger.Entries.ShouldHaveSingleItem();
        entry.Text.ShouldStartWith("[sdk_core::temporalio_sdk_core::worker::workflow] Failing workflow task run_id=\"run\", failure=\"say ");
        var state = entry.State.ShouldBeOfType<ForwardedLog>().ToDictionary(pair => pair.Key, pair => pair.Value);
        state.Keys.ShouldBe(["Level", "Target", "Message", "Timestamp", "JsonFields"]);
        state["Message"].ShouldBe("Failing workflow task");
        ((DateTime)state["Timestamp"]!).ShouldBe(DateTime.UtcNow, TimeSpan.FromMinutes(5));
        ((IReadOnlyDictionary<string, string>)state["JsonFields"]!)["run_id"].ShouldBe("\"run\"");
    }

    [Fact]
    public void Write_WithoutFields_HandsOnTheMessageAlone()
    {
        var log = new RuntimeLog(new() { Forwarding = new(logger) { IncludeFields = false } });

        log.Write(LogLevel.Error, RuntimeLog.Client, "failed", ("error", "x"));

        logger.Entries.ShouldHaveSingleItem().Text.ShouldBe("[sdk_core::temporalio_client::retry] failed");
        ((ForwardedLog)logger.Entries.Single().State!).JsonFields.ShouldBeNull();
    }

    [Theory]
    [InlineData(null, LogLevel.Warning, false)]
    [InlineData(null, LogLevel.Error, true)]
    [InlineData("INFO", LogLevel.Information, true)]
    [InlineData("OFF", LogLevel.Critical, false)]
    [InlineData("ERROR,temporalio_client=DEBUG", LogLevel.Debug, true)]
    [InlineData("TRACE,temporalio_client=ERROR", LogLevel.Warning, false)]
    [InlineData("ERROR,temporalio_client=DEBUG,temporalio_client::retry=WARN", LogLevel.Information, false)]
    [InlineData("nonsense=LOUD, WARN ", LogLevel.Warning, true)]
    public void Write_ByFilter_KeepsWhatTheClosestRuleKeeps(string? filter, LogLevel level, bool kept)
    {
        var log = new RuntimeLog(new() { Filter = new(filter!), Forwarding = new(logger) });

        log.Write(level, RuntimeLog.Client, "message");

        logger.Entries.Count.ShouldBe(kept ? 1 : 0);
    }

    [Fact]
    public void Filter_ByDefault_KeepsWarningsOfTheRuntimeOnly()
    {
        var filter = new TelemetryFilter(new LoggingOptions().Filter.FilterString);

        filter.Keeps(LogLevel.Warning, RuntimeLog.Workflow).ShouldBeTrue();
        filter.Keeps(LogLevel.Information, RuntimeLog.Workflow).ShouldBeFalse();
        filter.Keeps(LogLevel.Warning, "another").ShouldBeFalse();
        filter.Keeps(LogLevel.Error, "another").ShouldBeTrue();
    }

    [Fact]
    public void ReadJsonObjectToRawValues_OfNestedValues_KeepsTheirText()
    {
        var values = Bridge.Runtime.ReadJsonObjectToRawValues(Encoding.UTF8.GetBytes("""{ "a": "b", "c": [1, {"d": null}], "é": -1.5 }"""));

        values.ShouldBe(new Dictionary<string, string> { ["a"] = "\"b\"", ["c"] = "[1, {\"d\": null}]", ["é"] = "-1.5" });
        Bridge.Runtime.ReadJsonObjectToRawValues("[1]"u8).ShouldBeNull();
    }

    private sealed class CapturingLogger : ILogger
    {
        public ConcurrentQueue<(object? State, string Text)> Entries { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Enqueue((state, formatter(state, exception)));
    }
}
