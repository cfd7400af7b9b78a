using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.InTree.Tests.Support;
using Temporalio.Testing;

namespace Temporalio.InTree.Tests.Testing;

public class WorkflowEnvironmentTests
{
    [SkippableFact]
    public async Task StartLocalAsync_RealServer_ServesAndStopsWithTheEnvironment()
    {
        Skip.If(Oracle.TemporalCli is null, Oracle.Missing);
        string target;
        await using (var environment = await WorkflowEnvironment.StartLocalAsync(new()
        {
            DevServerOptions = new() { ExistingPath = Oracle.TemporalCli },
            SearchAttributes = [SearchAttributeKey.CreateKeyword("SettlementStatus")],
        }))
        {
            environment.SupportsTimeSkipping.ShouldBeFalse();
            environment.Client.Connection.IsConnected.ShouldBeTrue();
            target = environment.Client.Connection.Options.TargetHost!;
            (await environment.Client.Connection.CheckHealthAsync()).ShouldBeTrue();
            var attributes = await environment.Client.Connection.OperatorService.ListSearchAttributesAsync(new() { Namespace = "default" });
            attributes.CustomAttributes["SettlementStatus"].ShouldBe(IndexedValueType.Keyword);
        }
        await Should.ThrowAsync<InvalidOperationException>(TemporalClient.ConnectAsync(new(target)));
    }

    [SkippableFact]
    public async Task DelayAsync_TimeSkippingServer_PassesDaysInMoments()
    {
        Skip.If(Oracle.TestServer is null, Oracle.Missing);
        await using var environment = await WorkflowEnvironment.StartTimeSkippingAsync(new() { TestServer = new() { ExistingPath = Oracle.TestServer } });
        environment.SupportsTimeSkipping.ShouldBeTrue();
        var before = await environment.GetCurrentTimeAsync();
        var clock = System.Diagnostics.Stopwatch.StartNew();

        await environment.DelayAsync(TimeSpan.FromDays(3));

        (await environment.GetCurrentTimeAsync() - before).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromDays(3));
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task StartLocalAsync_NoSuchExecutable_SaysSo()
    {
        var error = await Should.ThrowAsync<InvalidOperationException>(
            WorkflowEnvironment.StartLocalAsync(new() { DevServerOptions = new() { ExistingPath = "/no/such/temporal" } }));
        error.Message.ShouldContain("/no/such/temporal");
    }

    [SkippableFact]
    public async Task StartTimeSkippingAsync_ExecutableThatEnds_FailsWithItsWords()
    {
        // Not a script written here: executing a file just written fails while any other thread forks with it still open.
        Skip.IfNot(File.Exists("/bin/ls"), "needs a POSIX system");
        var error = await Should.ThrowAsync<InvalidOperationException>(
            WorkflowEnvironment.StartTimeSkippingAsync(new() { TestServer = new() { ExistingPath = "/bin/ls" } }));
        error.Message.ShouldContain("cannot access");
    }
}
