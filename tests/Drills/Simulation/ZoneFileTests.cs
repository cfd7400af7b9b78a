using Settlement.Domain;
using Settlement.Drills.Simulation;

namespace Settlement.Drills.Tests.Simulation;

public sealed class ZoneFileTests
{
    /// <summary>The zone that is made for a run is one to .NET, and a window that opens in its skipped hour opens when the rules of the domain say.</summary>
    [Fact]
    public void Write_AZoneThatGoesForward_IsReadWithItsSkippedHour()
    {
        var folder = Directory.CreateTempSubdirectory("settlement-zones-").FullName;
        var before = Environment.GetEnvironmentVariable("TZDIR");
        try
        {
            ZoneFile.PrepareFolder(folder);
            var forward = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
            ZoneFile.Write(folder, "Simulation/Test", forward);
            Environment.SetEnvironmentVariable("TZDIR", folder);

            var zone = BusinessZone.Of("Simulation/Test");

            zone.GetUtcOffset(forward.AddSeconds(-1)).ShouldBe(TimeSpan.Zero);
            zone.GetUtcOffset(forward).ShouldBe(TimeSpan.FromHours(1));
            zone.IsInvalidTime(new DateTime(2026, 11, 22, 10, 0, 2)).ShouldBeTrue();
            BusinessZone.Instant(zone, new DateOnly(2026, 11, 22), new TimeOnly(10, 0, 2)).ShouldBe(forward.AddSeconds(2));
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZDIR", before);
            Directory.Delete(folder, recursive: true);
        }
    }
}
