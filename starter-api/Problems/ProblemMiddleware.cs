using Npgsql;

namespace Settlement.StarterApi.Problems;

/// <summary>
/// The one place where failures become answers: refusals thrown below endpoints, bad requests of the server, unreachable
/// dependencies, bugs, and bare status codes of the framework. A stack trace goes to the log and never to the caller.
/// </summary>
public sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        ApiProblem? problem = null;
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
                problem = new ApiProblem(ProblemTypes.ForStatus(context.Response.StatusCode));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: nobody reads an answer. 499 is the word for it in the framework's own log.
            context.Response.StatusCode = 499;
            return;
        }
#pragma warning disable CA1031 // The outermost handler: whatever a request throws must become an answer, and is logged.
        catch (Exception failure) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            problem = Describe(failure);
            if (problem.Type.Status >= 500)
                log.RequestFailed(context.Request.Method, context.Request.Path, failure);
            context.Response.Headers.Clear();
            SecurityHeaders.Apply(context);
        }

        if (problem is not null)
            await problem.ExecuteAsync(context);
    }

    private static ApiProblem Describe(Exception failure) => failure switch
    {
        ApiProblemException refused => refused.Problem,
        BadHttpRequestException { StatusCode: 413 } => new ApiProblem(ProblemTypes.BodyTooLarge),
        BadHttpRequestException bad => new ApiProblem(ProblemTypes.ForStatus(bad.StatusCode), "A path, query or header value cannot be read."),
        _ when IsOutage(failure) => new ApiProblem(ProblemTypes.Unavailable, retryAfter: TimeSpan.FromSeconds(1)),
        _ => new ApiProblem(ProblemTypes.Internal),
    };

    private static bool IsOutage(Exception failure) =>
        failure is TimeoutException or NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException }
        || TemporalOutage.Is(failure);
}
