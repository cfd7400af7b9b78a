using Settlement.Worker.Tests.Support;
using Settlement.Workflows.Contracts;

namespace Settlement.Worker.Tests.Startup;

[Collection(WorkerCollection.Name)]
public sealed class SearchAttributesTests(RunningWorker worker)
{
    private static readonly Dictionary<string, string> Ours = SettlementSearchAttributes.All.ToDictionary(a => a.Name, a => a.ValueType.ToString());

    [Fact]
    public async Task Start_OnAFreshServer_RegistersAllOfThem()
    {
        worker.AttributesBefore.Intersect(Ours.Keys).ShouldBeEmpty();
        (await worker.SearchAttributesAsync()).Where(a => Ours.ContainsKey(a.Key)).OrderBy(a => a.Key).ShouldBe(Ours.OrderBy(a => a.Key));
    }

    [Fact]
    public async Task Start_OfASecondWorker_MindsNothingAndBecomesReady()
    {
        var before = await worker.SearchAttributesAsync();
        var second = await worker.StartAnotherAsync();
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri(second.Urls.Single()) };
            (await http.GetAsync("/health/ready")).IsSuccessStatusCode.ShouldBeTrue();
            (await worker.SearchAttributesAsync()).OrderBy(a => a.Key).ShouldBe(before.OrderBy(a => a.Key));
        }
        finally
        {
            await RunningWorker.StopAsync(second);
        }
    }
}
