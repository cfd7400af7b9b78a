using Settlement.BankSimulator.Contracts;
using Settlement.BankSimulator.Desk;

namespace Settlement.BankSimulator.Endpoints;

/// <summary>Returns of executed payments.</summary>
internal static class ReturnEndpoints
{
    public static void MapReturns(this IEndpointRouteBuilder app) =>
        app.MapPost("/returns", ReturnAsync).WithTags("Returns").WithSummary("Return an executed payment (pacs.004); idempotent on the return's UETR")
            .Produces<ReturnReport>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> ReturnAsync(ReturnRequest form, ReturnDesk desk)
    {
        if (Forms.Fault(form, out var amount) is { } fault)
            return Problems.Invalid(fault);
        var (outcome, report) = await desk.ReturnAsync(form, amount).ConfigureAwait(false);
        return outcome switch
        {
            ReturnOutcome.Booked => TypedResults.Ok(report),
            ReturnOutcome.UnknownOriginal => Problems.UnknownPayment(),
            ReturnOutcome.Conflict => Problems.Conflict(),
            ReturnOutcome.NotExecuted => Problems.Unprocessable("The payment was never executed."),
            _ => Problems.Unprocessable("The returns would exceed the payment, or are in another currency."),
        };
    }
}
