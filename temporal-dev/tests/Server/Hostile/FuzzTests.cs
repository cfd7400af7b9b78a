using Temporalio.DevServer.Tests.Support;
using Temporalio.Fuzzing;

namespace Temporalio.DevServer.Tests.Hostile;

/// <summary>A thousand hostile requests; <see cref="FuzzRun"/> sends as many as asked for, to any address.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;

    [Fact]
    public async Task Server_AThousandHostileCases_StaysUpAndTellsNothing()
    {
        await using var server = await InProcessServer.StartAsync();

        var report = await FuzzRun.RunAsync(new FuzzOptions(new Uri("http://" + server.Server.Address), Seed, Cases: 1_000), CancellationToken.None);

        output.WriteLine(string.Join(", ", report.CasesByAttack.Concat(report.AnswersByStatus).Select(p => $"{p.Key}: {p.Value}")));
        report.Findings.ShouldBeEmpty();
        report.CasesByAttack.Count.ShouldBe(7, "every kind of attack had its turn");
        report.CasesByAttack.Values.Sum().ShouldBe(1_000);
        report.AnswersByStatus.GetValueOrDefault("grpc 0").ShouldBeGreaterThan(20, "some of the senseless requests must get far enough to be answered");
    }
}
