using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Schedule.V1;
using Temporalio.DevServer.Schedules.Times;

namespace Temporalio.DevServer.Tests.Schedules;

/// <summary>
/// Times of 192 specs (changes of clocks in thirteen zones, leap days, exclusions, jitter, years up to 2100), as the real server 1.32 listed them:
/// <c>matching-times.json</c>. Of each: how many, the first three, and a digest of all. More of changes of clocks: <see cref="ClockChangeTests"/>.
/// </summary>
public sealed class MatchingTimesTests
{
    private const int MaxTimes = 1000;

    private static readonly JsonDocument Recorded = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Schedules", "matching-times.json")));

    public static TheoryData<string> Ids() => new(Recorded.RootElement.GetProperty("cases").EnumerateArray().Select(c => c.GetProperty("id").GetString()!));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Next_RecordedSpec_GivesTheRealServersTimes(string id)
    {
        var recorded = Recorded.RootElement.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("id").GetString() == id);
        var spec = CompiledSpec.Compile(JsonParser.Default.Parse<ScheduleSpec>(recorded.GetProperty("spec").GetRawText()));
        var times = Times(spec, $"{Recorded.RootElement.GetProperty("namespaceId").GetString()}-{id}", Instant(recorded, "from"), Instant(recorded, "to"));

        times.Take(3).ShouldBe(recorded.GetProperty("first").EnumerateArray().Select(t => t.GetDateTimeOffset()), recorded.GetRawText());
        times.Count.ShouldBe(recorded.GetProperty("count").GetInt32(), recorded.GetRawText());
        Digest(times).ShouldBe(recorded.GetProperty("digest").GetString(), recorded.GetRawText());
    }

    private static List<DateTimeOffset> Times(CompiledSpec spec, string seed, DateTimeOffset from, DateTimeOffset to)
    {
        var times = new List<DateTimeOffset>();
        for (var next = spec.Next(seed, from); next?.Actual <= to && times.Count < MaxTimes; next = spec.Next(seed, next.Value.Actual))
            times.Add(next.Value.Actual);
        return times;
    }

    private static DateTimeOffset Instant(JsonElement recorded, string name) => recorded.GetProperty(name).GetDateTimeOffset();

    private static string Digest(IEnumerable<DateTimeOffset> times)
    {
        var text = string.Join(',', times.Select(t => t.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}
