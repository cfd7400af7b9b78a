using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf;
using NexusRpc.Handlers;
using Temporalio.Api.Nexus.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.Worker.NexusTasks;

/// <summary>One Nexus call, with the time that its caller gives it.</summary>
internal sealed partial class NexusCall : IDisposable
{
    // Some caller may name a year; a timer takes no more than this.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource cancellation;
    private readonly CancellationTokenSource deadline = new();
    private OperationContext? context;
    private string? reason;

    /// <summary>Initializes a new instance of the <see cref="NexusCall"/> class.</summary>
    /// <param name="task">As the server sent it.</param>
    /// <param name="shutdown">Cancelled with the worker.</param>
    internal NexusCall(PollNexusTaskQueueResponse task, CancellationToken shutdown)
    {
        Request = task.Request;
        TaskToken = task.TaskToken;
        PollerGroupId = task.PollerGroupId;
        Headers = AnyCase(task.Request.Header);
        cancellation = CancellationTokenSource.CreateLinkedTokenSource(shutdown);
        if (TimeoutOf(Headers) is { } timeout)
        {
            Deadline = DateTime.UtcNow + timeout;
            deadline.Token.Register(() => Cancel("timed out"));
            deadline.CancelAfter(timeout);
        }
    }

    /// <summary>Gets the request.</summary>
    internal Request Request { get; }

    /// <summary>Gets the token by which the server knows the call.</summary>
    internal ByteString TaskToken { get; }

    /// <summary>Gets the group that the answer goes back to.</summary>
    internal string PollerGroupId { get; }

    /// <summary>Gets the headers, keys in any case.</summary>
    internal IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Gets when the caller stops waiting, UTC.</summary>
    internal DateTime? Deadline { get; }

    /// <summary>Gets the service name.</summary>
    internal string Service => Request.StartOperation?.Service ?? Request.CancelOperation?.Service ?? string.Empty;

    /// <summary>Gets the operation name.</summary>
    internal string Operation => Request.StartOperation?.Operation ?? Request.CancelOperation?.Operation ?? string.Empty;

    /// <summary>Gets what ends the call.</summary>
    internal CancellationToken Token => cancellation.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        deadline.Dispose();
        cancellation.Dispose();
    }

    /// <summary>Headers by name in any case. A caller may send one name twice, in two cases.</summary>
    /// <param name="headers">As they came.</param>
    /// <returns>Headers.</returns>
    internal static Dictionary<string, string> AnyCase(IEnumerable<KeyValuePair<string, string>> headers)
    {
        var result = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
        {
            result[name] = value;
        }
        return result;
    }

    /// <summary>Ends the call.</summary>
    /// <param name="why">For the handler.</param>
    internal void Cancel(string why)
    {
        reason ??= why;
        if (context is { } known)
        {
            known.CancellationReason ??= reason;
        }
        try
        {
            cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself just now.
            reason = null;
        }
    }

    /// <summary>Names what the handler sees of the call, so that it hears why the call ends.</summary>
    /// <param name="seen">Context of the handler.</param>
    internal void Show(OperationContext seen)
    {
        context = seen;
        seen.CancellationReason ??= reason;
    }

    private static TimeSpan? TimeoutOf(IReadOnlyDictionary<string, string> headers)
    {
        if (!headers.TryGetValue("Request-Timeout", out var text) || DurationPattern().Match(text) is not { Success: true } match ||
            !double.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }
        var seconds = match.Groups[2].Value switch
        {
            "ms" => number / 1000,
            "m" => number * 60,
            "h" => number * 3600,
            _ => number,
        };
        return TimeSpan.FromSeconds(Math.Min(seconds, LongestTimeout.TotalSeconds));
    }

    [GeneratedRegex(@"^([0-9]{1,12}(?:\.[0-9]{1,12})?)(ms|s|m|h)$", RegexOptions.CultureInvariant)]
    private static partial Regex DurationPattern();
}
