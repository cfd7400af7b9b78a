using Microsoft.Extensions.Logging;
using Settlement.Database;
using Settlement.Domain;

namespace Settlement.Activities.Notifications;

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
