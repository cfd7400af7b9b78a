using System.Text.RegularExpressions;

namespace Settlement.StarterApi.Hosting;

/// <summary>
/// One id per request: the caller's <c>X-Request-Id</c> when it is well formed, else a new one. It is in every problem document,
/// every log line, every audit entry, and in workflow updates that the request sends.
/// </summary>
public static partial class RequestIds
{
    public const string Header = "X-Request-Id";

    private static readonly object Key = new();

    /// <summary>The id of this request; the same on every call.</summary>
    public static string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Items.TryGetValue(Key, out var known) && known is string id)
            return id;
        var offered = context.Request.Headers[Header].ToString();
        id = WellFormed().IsMatch(offered) ? offered : Guid.CreateVersion7().ToString();
        context.Items[Key] = id;
        return id;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._:-]{8,64}\z")]
    private static partial Regex WellFormed();
}
