using System.Collections.Concurrent;
using Settlement.Activities.Notifications;

namespace Settlement.Activities.Tests.Support;

/// <summary>Keeps what people were told.</summary>
internal sealed class Notices : INotifier
{
    public ConcurrentQueue<Notification> Sent { get; } = new();

    public Task NotifyAsync(Notification notification, CancellationToken cancellationToken)
    {
        Sent.Enqueue(notification);
        return Task.CompletedTask;
    }
}
