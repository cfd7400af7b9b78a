using Microsoft.Extensions.Options;

namespace Settlement.BankSimulator;

/// <summary>Payments: instruct, enquire, recall, decide by hand, give back.</summary>
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
        app.MapPost("/returns", ReturnAsync).WithTags("Returns").WithSummary("Return an executed payment (pacs.004); idempotent on the return's UETR")
            .Produces<ReturnReport>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
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

/// <summary>The ways in which the bank fails to answer although it has acted.</summary>
internal static class Silence
{
    private const int OversizedBytes = 8 << 20;

    public static async Task<IResult> AnswerAsync(SubmitResult.Booked booked, HttpContext context, BankSimulatorOptions options)
    {
        switch (booked.Answer)
        {
            case ScriptedAnswer.Silence:
                return await KeepAsync(context, options).ConfigureAwait(false);
            case ScriptedAnswer.Disconnect:
                context.Abort();
                return TypedResults.Empty;
            case ScriptedAnswer.Error:
                return Problems.Failure();
            case ScriptedAnswer.Garbage:
                return TypedResults.Text("<html>please hold the line", "application/json");
            case ScriptedAnswer.Oversized:
                return TypedResults.Text(new string('x', OversizedBytes), "application/json");
            default:
                return booked.Report.Status == TransactionStatus.Accepted
                    ? TypedResults.Json(booked.Report, statusCode: StatusCodes.Status202Accepted)
                    : TypedResults.Ok(booked.Report);
        }
    }

    /// <summary>Says nothing until the caller hangs up, the bank stops or its longest silence is over; then drops the connection.</summary>
    public static async Task<IResult> KeepAsync(HttpContext context, BankSimulatorOptions options)
    {
        var lifetime = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var until = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await Task.Delay(options.MaxSilenceMs, until.Token).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        context.Abort();
        return TypedResults.Empty;
    }
}
