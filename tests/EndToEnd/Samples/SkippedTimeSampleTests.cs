using Settlement.AppHost.Launch;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Samples;

namespace Settlement.EndToEnd.Tests.Samples;

/// <summary>The samples whose course takes days, as <c>./run</c> plays them: real worker, API, bank and database on our time-skipping server.</summary>
public sealed class SkippedTimeSampleTests
{
    [Fact]
    public async Task CommittedSamples_OfSkippedTime_WaitTheirDaysAndEndAsTheirFilesSay()
    {
        var folder = Directory.CreateTempSubdirectory("settlement-skipped-");
        try
        {
            var samples = new SampleLoader().LoadDirectory(Path.Combine(RepositoryRoot.Folder, "samples")).Where(sample => sample.Time == SampleTime.Skipped).ToList();

            var (results, proof) = await SkippedTimeSamples.RunAsync(StateFolder.At(folder.FullName), samples, _ => { }, _ => { }, CancellationToken.None);

            results.Where(r => !r.Passed).Select(r => $"{r.Sample.Name}: {string.Join("; ", r.Faults)}").ShouldBeEmpty();
            results.Count.ShouldBe(2);
            results.Select(r => r.Steps[^1].At - r.Steps[0].At).ShouldAllBe(time => time > TimeSpan.FromDays(2));
            proof.Breaches.ShouldBeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
