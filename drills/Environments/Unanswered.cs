using System.Text.Json;
using Npgsql;
using Temporalio.Exceptions;

namespace Settlement.Drills.Environments;

/// <summary>What a caller meets while something is down: no answer, or half of one. Nothing can be concluded from it, and asking again is in order.</summary>
internal static class Unanswered
{
    /// <param name="error">What was thrown.</param>
    /// <param name="cancellationToken">Cancelled: the caller himself gave up, which is something else.</param>
    public static bool Is(Exception error, CancellationToken cancellationToken) =>
        error is HttpRequestException or NpgsqlException or TemporalException or JsonException or IOException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
