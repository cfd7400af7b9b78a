using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Schedule.V1;
using Temporalio.DevServer.Schedules.Times;

namespace Temporalio.DevServer.Tests.Schedules;

/// <summary>What each way of writing a spec becomes, or why it is refused: <c>spec-forms.json</c>, recorded on the real server 1.32.</summary>
public sealed class SpecFormTests
{
    private static readonly JsonElement[] Recorded =
        [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Schedules", "spec-forms.json"))).RootElement.EnumerateArray()];

    public static TheoryData<int> Cases() => new(Enumerable.Range(0, Recorded.Length));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compile_RecordedSpec_IsTheRealServersFormOrRefusal(int index)
    {
        var given = JsonParser.Default.Parse<ScheduleSpec>(Recorded[index].GetProperty("spec").GetRawText());
        if (Recorded[index].TryGetProperty("error", out var error))
            Should.Throw<InvalidScheduleSpecException>(() => CompiledSpec.Compile(given), Recorded[index].GetRawText()).Message.ShouldBe(error.GetString());
        else
            CompiledSpec.Compile(given).Canonical.ShouldBe(JsonParser.Default.Parse<ScheduleSpec>(Recorded[index].GetProperty("canonical").GetRawText()), Recorded[index].GetRawText());
    }

    [Fact]
    public void Compile_AllTimesExcluded_EndsSoonWithNone()
    {
        var spec = CompiledSpec.Compile(new ScheduleSpec { CronString = { "* * * * *" }, ExcludeStructuredCalendar = { CompiledSpec.Compile(new ScheduleSpec { CronString = { "* * * * *" } }).Canonical.StructuredCalendar } });
        spec.Next("", DateTimeOffset.UnixEpoch.AddYears(56)).ShouldBeNull();
    }

    [Theory]
    [InlineData("TZif")]
    [InlineData("TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f")]
    public void Compile_HostileZoneData_IsRefused(string data) =>
        Should.Throw<InvalidScheduleSpecException>(() => CompiledSpec.Compile(new ScheduleSpec { TimezoneData = ByteString.CopyFromUtf8(data) })).Message.ShouldBe("Invalid schedule spec: malformed time zone information");

    [Fact]
    public void Compile_ZoneDataOfItsOwn_IsUsed()
    {
        var data = ByteString.CopyFrom(File.ReadAllBytes("/usr/share/zoneinfo/Europe/Berlin"));
        var spec = CompiledSpec.Compile(new ScheduleSpec { CronString = { "0 9 * * *" }, TimezoneName = "mine", TimezoneData = data });
        spec.Next("", DateTimeOffset.Parse("2050-07-01T00:00:00Z", CultureInfo.InvariantCulture))!.Value.Actual.ShouldBe(DateTimeOffset.Parse("2050-07-01T07:00:00Z", CultureInfo.InvariantCulture));
    }
}
