namespace Settlement.Activities.Notifications;

/// <summary>Tells people. At least once: the id tells repeats.</summary>
public interface INotifier
{
    Task NotifyAsync(Notification notification, CancellationToken cancellationToken);
}
