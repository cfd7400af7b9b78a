using Npgsql;

namespace Settlement.StarterApi.Hosting;

/// <summary>
/// Writes the one trace that a refused request leaves. It holds the kind of refusal and the places of the mistakes, never the values: a
/// wrong value may be a secret in the wrong place. Anonymous callers and floods leave none, so that they cannot fill the log.
/// </summary>
public sealed class RefusalAudit(NpgsqlDataSource database, TimeProvider clock, ILogger<RefusalAudit> log)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public async Task RecordAsync(HttpContext context, ApiProblem problem)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AuditRefusals>() is not { } audited
            || context.User.Identity?.IsAuthenticated != true
            || problem.Type == ProblemTypes.TooManyRequests || problem.Type.Status >= 500)
            return;
        var user = CurrentUser.From(context.User);
        try
        {
            // Not the request's own token: the caller may hang up, the entry is written all the same.
            using var limit = new CancellationTokenSource(Limit);
            await AuditWriter.AppendAsync(database, Entry(context, audited, user, problem), limit.Token);
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException)
        {
            log.AuditFailed(audited.Action, user.Name, failure);
        }
    }

    private AuditRecord Entry(HttpContext context, AuditRefusals audited, CurrentUser user, ApiProblem problem) =>
        new($"request:{context.Request.Method} {context.Request.Path}", audited.Action, new Actor(user.Name, ActorSource.Api), Reason(problem), clock.GetUtcNow())
        {
            EntityId = user.EntityId,
            RequestId = context.TraceIdentifier,
        };

    private static string Reason(ApiProblem problem) => problem.Errors is { Count: > 0 } errors
        ? $"{problem.Type.Name}: {string.Join(", ", errors.Select(e => e.Place).Distinct())}"
        : problem.Type.Name;
}

/// <summary>Endpoint metadata: what is refused here by a signed-in caller's mistake or attempt leaves an audit entry.</summary>
/// <param name="Action">The audit action, for example <c>create_refused</c>.</param>
public sealed record AuditRefusals(string Action);
