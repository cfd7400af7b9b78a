using Microsoft.Extensions.Logging;
using Settlement.Database;
using Settlement.Domain;

namespace Settlement.Activities.Notifications;

/// <summary>Tells people. At least once: the id tells repeats.</summary>
public interface INotifier
{
    Task NotifyAsync(Notification notification, CancellationToken cancellationToken);
}

/// <summary>Something that people should hear of. It holds no amounts, names or account numbers.</summary>
/// <param name="Id">The same for every repeat, so that a receiver can tell them.</param>
/// <param name="Reference">Which settlement.</param>
/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>critical</c>.</param>
/// <param name="Subject">What happened, in a few words.</param>
/// <param name="Status">State of the settlement.</param>
/// <param name="AsOf">Business time.</param>
public sealed record Notification(
    string Id, string Reference, string Severity, string Subject, SettlementStatus Status, DateTimeOffset AsOf);

/// <summary>Tells the log, from where an alert rule picks it up. E-mail comes with the monitoring issue, behind the same interface.</summary>
public sealed partial class LogNotifier(ILogger<LogNotifier> logger) : INotifier
{
    /// <inheritdoc/>
    public Task NotifyAsync(Notification notification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notification);
        var level = notification.Severity switch
        {
            "critical" => LogLevel.Critical,
            "warning" => LogLevel.Warning,
            _ => LogLevel.Information,
        };
        Notified(level, notification.Subject, notification.Reference, notification.Status, notification.Id);
        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 3001, Message = "{Subject}: {Reference} in {Status} ({NotificationId})")]
    private partial void Notified(LogLevel level, string subject, string reference, SettlementStatus status, string notificationId);
}

/// <summary>
/// Asks the kill switch before anybody is told. What is not told stands in the log, and in the books as attention, case and event: the switch
/// stops messages, not facts.
/// </summary>
public sealed partial class SwitchedNotifier(INotifier inner, ReferenceDataCache reference, ILogger<SwitchedNotifier> logger) : INotifier
{
    /// <inheritdoc/>
    public async Task NotifyAsync(Notification notification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notification);
        if ((await reference.GetAsync(cancellationToken)).StoppedBecause(SwitchName.Notifications) is { } reason)
            NotTold(notification.Reference, notification.Id, reason);
        else
            await inner.NotifyAsync(notification, cancellationToken);
    }

    [LoggerMessage(EventId = 3002, Level = LogLevel.Information, Message = "Nobody is told of {Reference} ({NotificationId}): {Reason}")]
    private partial void NotTold(string reference, string notificationId, string reason);
}
