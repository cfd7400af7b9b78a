using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Settlement.StarterApi.Hosting;

/// <summary>
/// Limits a caller's requests: signed-in callers by name, others by address. Addresses are folded into a fixed number of buckets, so
/// that a flood from many of them costs bounded memory.
/// </summary>
public static class RateLimits
{
    /// <summary>The stricter policy of login and refresh, by source address.</summary>
    public const string Login = "login";

    private const int AddressBuckets = 2048;

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<LoginThrottle>();
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = ProblemTypes.TooManyRequests.Status;
            limiter.OnRejected = RejectAsync;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(PerCaller);
            limiter.AddPolicy(Login, PerAddress);
        });
    }

    private static RateLimitPartition<string> PerCaller(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
            return RateLimitPartition.GetNoLimiter("health");
        var rate = Settings(context).RequestsPerSecond;
        var name = context.User.FindFirst(TokenClaims.Subject)?.Value;
        return Bucket(name is null ? "address:" + AddressBucket(context) : "user:" + name, rate * 2, rate, TimeSpan.FromSeconds(1));
    }

    private static RateLimitPartition<string> PerAddress(HttpContext context)
    {
        var perMinute = Settings(context).LoginsPerMinute * 4;
        return Bucket("login:" + AddressBucket(context), perMinute, Math.Max(1, perMinute / 6), TimeSpan.FromSeconds(10));
    }

    internal static RateLimitPartition<TKey> Bucket<TKey>(TKey key, int burst, int refill, TimeSpan period) =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = refill,
            ReplenishmentPeriod = period,
            AutoReplenishment = true,
            QueueLimit = 0,
        });

    private static string AddressBucket(HttpContext context) =>
        ((uint)(context.Connection.RemoteIpAddress?.GetHashCode() ?? 0) % AddressBuckets).ToString(CultureInfo.InvariantCulture);

    private static ApiOptions Settings(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<ApiOptions>>().Value;

    private static async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancel)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        await new ApiProblem(ProblemTypes.TooManyRequests, retryAfter: wait).ExecuteAsync(rejected.HttpContext);
    }
}

/// <summary>
/// Slows down guessing at one user's password from many addresses; the address itself is limited in front (see
/// <see cref="RateLimits"/>). Names are folded into a fixed number of buckets, so that invented names cost no memory; an
/// honest user who shares a bucket with an attacked one waits a minute at worst.
/// </summary>
public sealed class LoginThrottle : IDisposable
{
    private const int Buckets = 1024;

    private readonly PartitionedRateLimiter<string> limiter;

    public LoginThrottle(IOptions<ApiOptions> options)
    {
        var permits = options.Value.LoginsPerMinute;
        limiter = PartitionedRateLimiter.Create<string, int>(
            name => RateLimits.Bucket(Bucket(name), permits, Math.Max(1, permits / 6), TimeSpan.FromSeconds(10)));
    }

    /// <summary>False when this user name has been tried too often; then <paramref name="wait"/> says for how long to stop.</summary>
    public bool TryEnter(string userName, out TimeSpan wait)
    {
        using var lease = limiter.AttemptAcquire(userName);
        wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(10);
        return lease.IsAcquired;
    }

    /// <summary>A user name fit for a log line: bounded, and without characters that could forge another line.</summary>
    public static string Loggable(string userName) =>
        string.Concat(userName.Take(64).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '@' or '-' ? c : '?'));

    /// <inheritdoc />
    public void Dispose() => limiter.Dispose();

    private static int Bucket(string name) => (int)((uint)StringComparer.OrdinalIgnoreCase.GetHashCode(name) % Buckets);
}
