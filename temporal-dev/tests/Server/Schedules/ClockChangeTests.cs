using System.Globalization;
using Temporalio.Api.Schedule.V1;
using Temporalio.DevServer.Schedules.Times;

namespace Temporalio.DevServer.Tests.Schedules;

/// <summary>
/// What the real server 1.32 makes of changes of the clocks, asked of it case by case. Temporal documents (schedule/v1, timezone_name) that a clock time that
/// a day does not have is not taken, and that one that it has twice is taken twice. West of Greenwich the real server does so. East of it, where clocks go
/// back, it takes only the second pass through the hour, and may go through the hour before twice; where they move by other than an hour it leaves times out.
/// Production does that, so this server does.
/// </summary>
public sealed class ClockChangeTests
{
    [Theory]
    [InlineData("Europe/Berlin", "30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T01:30:00Z 2026-10-26T01:30:00Z")]
    [InlineData("Europe/Berlin", "30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-30T00:30:00Z 2026-03-31T00:30:00Z")]
    [InlineData("Europe/Berlin", "*/30 * * * *", "2026-10-24T23:30:00Z", "2026-10-25T00:00:00Z 2026-10-25T01:30:00Z 2026-10-25T02:00:00Z 2026-10-25T02:30:00Z 2026-10-25T03:00:00Z")]
    [InlineData("Europe/Berlin", "30 1 * * *", "2026-10-24T12:00:00Z", "2026-10-24T23:30:00Z 2026-10-25T00:30:00Z 2026-10-26T00:30:00Z")]
    [InlineData("America/New_York", "30 1 * * *", "2026-10-31T12:00:00Z", "2026-11-01T05:30:00Z 2026-11-01T06:30:00Z 2026-11-02T06:30:00Z")]
    [InlineData("Australia/Lord_Howe", "*/30 * * * *", "2026-04-04T14:00:00Z", "2026-04-04T15:00:00Z 2026-04-04T15:30:00Z 2026-04-04T16:00:00Z 2026-04-04T16:30:00Z")]
    [InlineData("Australia/Lord_Howe", "0 2 * * *", "2026-10-02T18:00:00Z", "2026-10-03T15:30:00Z 2026-10-04T15:00:00Z")]
    [InlineData("Pacific/Chatham", "45 2,3 * * *", "2026-09-26T10:00:00Z", "2026-09-26T14:00:00Z 2026-09-27T13:00:00Z 2026-09-27T14:00:00Z")]
    [InlineData("Pacific/Apia", "0 12 * * *", "2011-12-29T00:00:00Z", "2011-12-29T22:00:00Z 2011-12-30T22:00:00Z 2011-12-31T22:00:00Z")]
    [InlineData("Asia/Beirut", "0 0 * * *", "2026-03-27T12:00:00Z", "2026-03-27T22:00:00Z 2026-03-29T21:00:00Z")]
    [InlineData("America/Santiago", "30 0 * * 0,6", "2026-09-04T00:00:00Z", "2026-09-05T04:30:00Z 2026-09-12T03:30:00Z")]
    [InlineData("Antarctica/Troll", "0 2 * * *", "2026-10-24T22:00:00Z", "2026-10-25T02:00:00Z 2026-10-26T02:00:00Z")]
    public void Next_AcrossAChangeOfClocks_TakesTheRealServersTimes(string zone, string cron, string after, string expected)
    {
        var spec = CompiledSpec.Compile(new ScheduleSpec { TimezoneName = zone, CronString = { cron } });
        var at = DateTimeOffset.Parse(after, CultureInfo.InvariantCulture);
        foreach (var instant in expected.Split(' '))
        {
            at = spec.Next("", at).ShouldNotBeNull().Actual;
            at.ShouldBe(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The real server repeats one time for ever where a zone left out a day; a time must come after the one before it.</summary>
    [Theory]
    [InlineData("Pacific/Apia", "30 23 * * *", "2011-12-28T00:00:00Z")]
    [InlineData("Pacific/Apia", "0 0 * * *", "2011-12-28T00:00:00Z")]
    [InlineData("Pacific/Fakaofo", "*/15 * * * 5", "2011-12-28T00:00:00Z")]
    public void Next_OverADayThatAZoneLeftOut_GoesOn(string zone, string cron, string after)
    {
        var spec = CompiledSpec.Compile(new ScheduleSpec { TimezoneName = zone, CronString = { cron } });
        var at = DateTimeOffset.Parse(after, CultureInfo.InvariantCulture);
        for (var times = 0; times < 500; times++)
        {
            var next = spec.Next("", at).ShouldNotBeNull().Actual;
            next.ShouldBeGreaterThan(at);
            at = next;
        }
    }
}
