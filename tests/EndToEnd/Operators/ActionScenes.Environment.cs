using System.Globalization;
using System.Text.Json.Nodes;
using Settlement.AppHost.Launch;
using Settlement.Workflows.Contracts;

namespace Settlement.EndToEnd.Tests.Operators;

// Actions on the environment. Each scene has a name or a day of its own, so that nothing else of the environment is touched.
internal static partial class ActionScenes
{
    private static int days;

    private static ActionScene Switch(ActionStage stage)
    {
        var name = $"escalation:BANK-{OwnName()}";
        JsonObject Words() => new() { ["name"] = name, ["stopped"] = true };
        return new ActionScene(DemoUsers.Admin, HttpMethod.Put, "/api/v1/switches")
        {
            Body = Words(), Input = Words(), OwnNames = [name],
            Effect = () => stage.TextAsync("SELECT concat_ws(' ', stopped, changed_by) FROM settlement.switches WHERE name = $1", name),
            Expected = $"t {DemoUsers.Admin}",
        };
    }

    private static ActionScene Extension(ActionStage stage)
    {
        var day = OwnDay();
        var date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new ActionScene(DemoUsers.Operator, HttpMethod.Post, "/api/v1/windows/CHAPS/GBP/extensions")
        {
            Body = new JsonObject { ["date"] = date, ["cut_off"] = "19:00:00" },
            Input = new JsonObject { ["rail"] = "CHAPS", ["currency"] = "GBP", ["date"] = date, ["cut_off"] = "19:00:00" },
            Effect = () => stage.TextAsync("SELECT cut_off::text FROM settlement.settlement_window_extensions WHERE rail = 'CHAPS' AND currency = 'GBP' AND date = $1", day),
            Expected = "19:00:00",
        };
    }

    private static ActionScene Window(ActionStage stage)
    {
        var rail = OwnName();
        JsonObject Words() => new() { ["calendar"] = "TARGET", ["zone"] = "Europe/Berlin", ["opens"] = "02:30:00", ["cut_off"] = "17:00:00" };
        var input = Words();
        (input["rail"], input["currency"]) = (rail, "EUR");
        return new ActionScene(DemoUsers.Admin, HttpMethod.Post, $"/api/v1/windows/{rail}/EUR/versions")
        {
            Body = Words(), Input = input, OwnNames = [rail],
            Effect = () => stage.TextAsync("SELECT concat_ws(' ', version, calendar_code, zone_id, opens, cut_off) FROM settlement.settlement_windows WHERE rail = $1", rail),
            Expected = "1 TARGET Europe/Berlin 02:30:00 17:00:00",
        };
    }

    private static ActionScene Calendar(ActionStage stage)
    {
        var day = OwnDay();
        JsonArray Days() => [day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];
        return new ActionScene(DemoUsers.Admin, HttpMethod.Post, "/api/v1/calendars/SARIE/versions")
        {
            Body = new JsonObject { ["close"] = Days() },
            Input = new JsonObject { ["code"] = "SARIE", ["close"] = Days() },
            Effect = () => stage.TextAsync("SELECT ($1 = ANY (holidays))::text FROM settlement.calendars WHERE code = 'SARIE' ORDER BY version DESC LIMIT 1", day),
            Expected = "true",
        };
    }

    private static ActionScene Trigger(ActionStage stage)
    {
        var since = DateTimeOffset.UtcNow.AddSeconds(-1);
        return new ActionScene(DemoUsers.Admin, HttpMethod.Post, $"/api/v1/jobs/{JobNames.Cleanup}/run")
        {
            Input = new JsonObject { ["job"] = JobNames.Cleanup },
            Effect = () => stage.TextAsync("SELECT (count(*) > 0)::text FROM settlement.job_runs WHERE job = $1 AND slot >= $2 AND state = 'SUCCEEDED'", JobNames.Cleanup, since),
            Expected = "true",
        };
    }

    private static ActionScene Pause(ActionStage stage) => new(DemoUsers.Admin, HttpMethod.Put, $"/api/v1/jobs/{JobNames.Statements}")
    {
        Body = new JsonObject { ["paused"] = true },
        Input = new JsonObject { ["job"] = JobNames.Statements, ["paused"] = true },
        Effect = async () => (await stage.Temporal.GetScheduleHandle(JobNames.ScheduleId(JobNames.Statements)).DescribeAsync()).Schedule.State.Paused ? "paused" : "goes on",
        Expected = "paused",
    };

    private static string OwnName() => "PARITY" + Guid.NewGuid().ToString("N")[..8].ToUpperInvariant();

    /// <summary>A Wednesday of its own, years ahead of all payments.</summary>
    private static DateOnly OwnDay() => new DateOnly(2030, 1, 2).AddDays(7 * Interlocked.Increment(ref days));
}
