using Temporalio.DevServer.Executions;

namespace Temporalio.DevServer.Tests.Executions;

/// <summary>Cron schedules of workflows. What is taken, refused and waited for was asked of the real server 1.32.</summary>
public class CronScheduleTests
{
    private static readonly DateTimeOffset Sunday = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("* * * * *", 60)]
    [InlineData("30 4 * * *", 1_800)]
    [InlineData("0 4 * * *", 86_400)]
    [InlineData("*/7 * * * *", 420)]
    [InlineData("0 0 * * mon", 72_000)]
    [InlineData("0 0 1 jan *", 40 * 86_400 - 4 * 3_600)]
    [InlineData("@hourly", 3_600)]
    [InlineData("@every 90s", 90)]
    [InlineData("CRON_TZ=Europe/Berlin 30 5 * * *", 1_800)]
    [InlineData("CRON_TZ=Europe/Berlin @daily", 19 * 3_600)]
    [InlineData("0 0 13 * fri", 5 * 86_400 - 4 * 3_600)]
    [InlineData("0 0 1-31 * tue", 20 * 3_600)]
    [InlineData("0 0 */2 * tue", 20 * 3_600)]
    [InlineData("0 0 ? * ?", 20 * 3_600)]
    [InlineData("0 0 * * 0-6/2", 44 * 3_600)]
    [InlineData("5/10 * * * *", 300)]
    [InlineData("@every 0.5s", 1)]
    [InlineData("@every -5m", 1)]
    public void Wait_FromASundayMorning_IsTheNextTime(string schedule, int seconds) =>
        CronSchedule.Wait(schedule, Sunday, Sunday).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void Wait_AfterALongRun_LeavesOutWhatWasMissed() =>
        CronSchedule.Wait("0 * * * *", Sunday, Sunday.AddMinutes(150)).ShouldBe(TimeSpan.FromMinutes(30));

    [Fact]
    public void Wait_LocalTimeThatTheClocksSkip_IsLeftOut()
    {
        var before = new DateTimeOffset(2027, 3, 27, 12, 0, 0, TimeSpan.Zero);
        (before + CronSchedule.Wait("CRON_TZ=Europe/Berlin 30 2 * * *", before, before)!.Value).ShouldBe(new DateTimeOffset(2027, 3, 29, 0, 30, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Wait_LocalTimeThatTheClocksHaveTwice_IsTheOneThatSchedulesTake()
    {
        var before = new DateTimeOffset(2026, 10, 24, 12, 0, 0, TimeSpan.Zero);
        (before + CronSchedule.Wait("CRON_TZ=Europe/Berlin 30 2 * * *", before, before)!.Value).ShouldBe(new DateTimeOffset(2026, 10, 25, 1, 30, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Wait_EveryWhile_KeepsItsBeatAfterALongRun() =>
        CronSchedule.Wait("@every 90s", Sunday, Sunday.AddSeconds(200.5)).ShouldBe(TimeSpan.FromSeconds(70));

    [Fact]
    public void WhyNot_NoSuchDay_SaysSo() => CronSchedule.WhyNot("0 0 31 2 *").ShouldBe("invalid CronSchedule, no time can be found to satisfy the schedule");

    [Theory]
    [InlineData("")]
    [InlineData("1 2 3 4 5")]
    [InlineData("+5 * * * *")]
    [InlineData("0 0 29 2 *")]
    [InlineData("TZ= 0 9 * * MON-FRI")]
    public void WhyNot_Right_IsNull(string schedule) => CronSchedule.WhyNot(schedule).ShouldBeNull();

    [Theory]
    [InlineData("at noon")]
    [InlineData("60 * * * *")]
    [InlineData("* * * * * *")]
    [InlineData("@often")]
    [InlineData("5-1 * * * *")]
    [InlineData("0 0 * * 7")]
    [InlineData("0 0 * * 1-7")]
    [InlineData("0 0 * * sunday")]
    [InlineData("0 0 * 0 *")]
    [InlineData("*/0 * * * *")]
    [InlineData("@every 90")]
    [InlineData("@every 1d")]
    [InlineData("@every 1h 30m")]
    [InlineData("@Daily")]
    [InlineData("CRON_TZ=Nowhere/Land * * * * *")]
    public void WhyNot_Wrong_IsTheServersWord(string schedule) => CronSchedule.WhyNot(schedule).ShouldBe("invalid CronSchedule.");
}
