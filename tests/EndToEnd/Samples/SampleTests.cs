using Settlement.AppHost.Books;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Samples;
using Settlement.TestSupport;

namespace Settlement.EndToEnd.Tests.Samples;

/// <summary>Every committed sample through every layer, and the books afterwards.</summary>
public sealed class SampleTests(HouseFixture fixture) : IClassFixture<HouseFixture>
{
    [Fact]
    public async Task CommittedSamples_AllTogether_EndAsTheirFilesSayAndTheBooksProveOut()
    {
        var house = fixture.House;
        var samples = new SampleLoader().LoadDirectory(Path.Combine(RepositoryRoot.Folder, "samples")).Where(sample => sample.Time == SampleTime.Real).ToList();

        var results = await HouseSamples.RunAsync(house, samples, _ => { }, CancellationToken.None);

        results.Where(r => !r.Passed).Select(r => $"{r.Sample.Name}: {string.Join("; ", r.Faults)}").ShouldBeEmpty();
        results.Count.ShouldBeGreaterThanOrEqualTo(15);
        (await BooksProof.ProveAsync(house, CancellationToken.None)).Breaches.ShouldBeEmpty();
    }
}
