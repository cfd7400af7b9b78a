using Microsoft.Extensions.Options;

namespace Settlement.BankSimulator;

/// <summary>What a real bank would not have: scripts, the business clock, and the health of the process.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder app)
    {
        var control = app.MapGroup("").WithTags("Control");
        control.MapPost("/scripts", ScriptAsync).WithSummary("Script the bank's behaviour for some payments, or for all")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(400).ProducesProblem(503);
        control.MapGet("/clock", (BankClock clock) => TypedResults.Ok(new ClockReading(clock.UtcNow))).WithSummary("The business clock");
        control.MapPut("/clock", SetClock).WithSummary("Set the business clock; it runs on from there").Produces<ClockReading>().ProducesProblem(400);
        control.MapGet("/health", () => TypedResults.Ok(new HealthReport("ok"))).WithSummary("200 once the journal is replayed");
    }

    private static async Task<IResult> ScriptAsync(BankScript form, BankBooks books, IOptions<BankSimulatorOptions> options)
    {
        if (Forms.Fault(form) is { } fault)
            return Problems.Invalid(fault);
        if (!options.Value.AllowCrash && form.Steps.Any(step => step.Crash != CrashPoint.None))
            return Problems.Invalid("This bank does not take crash scripts.");
        var taken = await books.TransactAsync((state, facts) =>
        {
            if (state.Scripts.Count >= options.Value.MaxScripts && !state.Scripts.ContainsKey(form.Match.Key))
                return false;
            facts.Add(new JournalRecord.ScriptSet(form));
            return true;
        }).ConfigureAwait(false);
        return taken ? TypedResults.NoContent() : Problems.Unavailable("The bank takes no more scripts.");
    }

    private static IResult SetClock(ClockReading form, BankClock clock)
    {
        if (form.Now.Year is < 2000 or > 2199)
            return Problems.Invalid("now must lie in the years 2000 to 2199.");
        clock.Set(form.Now);
        return TypedResults.Ok(new ClockReading(clock.UtcNow));
    }
}

/// <summary>The bank's business clock: body of PUT /clock and answer of GET /clock.</summary>
public sealed record ClockReading(DateTimeOffset Now);

/// <summary>Answer of GET /health.</summary>
public sealed record HealthReport(string Status);
