using Microsoft.Extensions.Logging;
using Settlement.Domain;

namespace Settlement.Activities.Notifications;

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
