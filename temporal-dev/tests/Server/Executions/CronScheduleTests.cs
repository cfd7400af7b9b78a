using Temporalio.DevServer.Executions;

namespace Temporalio.DevServer.Tests.Executions;

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

    [Theory]
    [InlineData("")]
    [InlineData("1 2 3 4 5")]
    public void WhyNot_Right_IsNull(string schedule) => CronSchedule.WhyNot(schedule).ShouldBeNull();

    [Theory]
    [InlineData("at noon")]
    [InlineData("60 * * * *")]
    [InlineData("* * * * * *")]
    [InlineData("@often")]
    [InlineData("5-1 * * * *")]
    [InlineData("CRON_TZ=Nowhere/Land * * * * *")]
    public void WhyNot_Wrong_IsTheServersWord(string schedule) => CronSchedule.WhyNot(schedule).ShouldBe("invalid CronSchedule.");
}
