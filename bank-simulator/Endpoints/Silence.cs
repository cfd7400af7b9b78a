using Settlement.BankSimulator.Contracts;
using Settlement.BankSimulator.Desk;
using Settlement.BankSimulator.Scripts;

namespace Settlement.BankSimulator.Endpoints;

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
