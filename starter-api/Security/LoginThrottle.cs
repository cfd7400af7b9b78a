using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Settlement.StarterApi.Options;

namespace Settlement.StarterApi.Security;

/// <summary>
/// Slows down guessing at one user's password from many addresses; the address itself is limited in front (see
/// <see cref="Hosting.RateLimits"/>). Names are folded into a fixed number of buckets, so that invented names cost no memory; an
/// honest user who shares a bucket with an attacked one waits a minute at worst.
/// </summary>
public sealed class LoginThrottle : IDisposable
{
    private const int Buckets = 1024;

    private readonly PartitionedRateLimiter<string> limiter;

    public LoginThrottle(IOptions<ApiOptions> options)
    {
        var permits = options.Value.LoginsPerMinute;
        limiter = PartitionedRateLimiter.Create<string, int>(name => RateLimitPartition.GetTokenBucketLimiter(Bucket(name), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = permits,
            TokensPerPeriod = Math.Max(1, permits / 6),
            ReplenishmentPeriod = TimeSpan.FromSeconds(10),
            AutoReplenishment = true,
            QueueLimit = 0,
        }));
    }

    /// <summary>False when this user name has been tried too often; then <paramref name="wait"/> says for how long to stop.</summary>
    public bool TryEnter(string userName, out TimeSpan wait)
    {
        using var lease = limiter.AttemptAcquire(userName);
        wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(10);
        return lease.IsAcquired;
    }

    /// <summary>A user name fit for a log line: bounded, and without characters that could forge another line.</summary>
    public static string Loggable(string userName)
    {
        ArgumentNullException.ThrowIfNull(userName);
        return string.Concat(userName.Take(64).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '@' or '-' ? c : '?'));
    }

    /// <inheritdoc />
    public void Dispose() => limiter.Dispose();

    private static int Bucket(string name) => (int)((uint)StringComparer.OrdinalIgnoreCase.GetHashCode(name) % Buckets);
}
