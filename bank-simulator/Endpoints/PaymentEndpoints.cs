using Microsoft.Extensions.Options;
using Settlement.BankSimulator.Contracts;
using Settlement.BankSimulator.Desk;
using Settlement.BankSimulator.Scripts;

namespace Settlement.BankSimulator.Endpoints;

/// <summary>Payments: instruct, enquire, recall, decide by hand.</summary>
internal static class PaymentEndpoints
{
    public static void MapPayments(this IEndpointRouteBuilder app)
    {
        var payments = app.MapGroup("/payments").WithTags("Payments");
        payments.MapPost("", SubmitAsync).WithSummary("Instruct a payment (pacs.008); idempotent on the UETR")
            .Produces<PaymentReport>().Produces<PaymentReport>(StatusCodes.Status202Accepted)
            .ProducesProblem(400).ProducesProblem(409).ProducesProblem(503);
        payments.MapGet("/{uetr}", EnquireAsync).WithSummary("Ask for the status of a payment (pacs.028)")
            .Produces<PaymentReport>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(503);
        payments.MapPost("/{uetr}/recall", RecallAsync).WithSummary("Recall a payment (camt.056)")
            .Produces<RecallReport>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(503);
        payments.MapPost("/{uetr}/decide", DecideAsync).WithSummary("The bank's back office decides a payment that it holds")
            .Produces<PaymentReport>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> SubmitAsync(
        PaymentInstruction form, PaymentDesk desk, IHostApplicationLifetime lifetime, IOptions<BankSimulatorOptions> options, HttpContext context)
    {
        if (Forms.Fault(form, out var instruction) is { } fault)
            return Problems.Invalid(fault);
        return await desk.SubmitAsync(instruction, lifetime.ApplicationStopping).ConfigureAwait(false) switch
        {
            SubmitResult.Booked booked => await Silence.AnswerAsync(booked, context, options.Value).ConfigureAwait(false),
            SubmitResult.Conflict => Problems.Conflict(),
            SubmitResult.Refused refused => Problems.Unavailable(refused.Reason),
            SubmitResult.Swallowed => await Silence.KeepAsync(context, options.Value).ConfigureAwait(false),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }

    private static async Task<IResult> EnquireAsync(string uetr, EnquiryDesk desk, IOptions<BankSimulatorOptions> options, HttpContext context)
    {
        if (Forms.UetrFault(uetr) is { } fault)
            return Problems.Invalid(fault);
        var (manner, report) = await desk.EnquireAsync(uetr).ConfigureAwait(false);
        return manner switch
        {
            ScriptedEnquiry.Unavailable => Problems.Unavailable("The bank answers no enquiries now."),
            ScriptedEnquiry.Silence => await Silence.KeepAsync(context, options.Value).ConfigureAwait(false),
            ScriptedEnquiry.Unknown => Problems.UnknownPayment(),
            _ => report is null ? Problems.UnknownPayment() : TypedResults.Ok(report),
        };
    }

    private static async Task<IResult> RecallAsync(string uetr, RecallRequest form, RecallDesk desk)
    {
        if ((Forms.UetrFault(uetr) ?? Forms.Fault(form)) is { } fault)
            return Problems.Invalid(fault);
        var (unavailable, report) = await desk.RecallAsync(uetr, form).ConfigureAwait(false);
        if (unavailable)
            return Problems.Unavailable("The bank takes no recalls now.");
        return report is null ? Problems.UnknownPayment() : TypedResults.Ok(report);
    }

    private static async Task<IResult> DecideAsync(string uetr, BankDecision form, PaymentDesk desk)
    {
        if ((Forms.UetrFault(uetr) ?? Forms.ReasonFault(form.ReasonCode)) is { } fault)
            return Problems.Invalid(fault);
        return await desk.DecideAsync(uetr, form).ConfigureAwait(false) is { } report ? TypedResults.Ok(report) : Problems.UnknownPayment();
    }
}
