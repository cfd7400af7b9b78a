using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Schedules;

/// <summary>Names a schedule.</summary>
internal readonly record struct ScheduleKey(string NamespaceId, string ScheduleId)
{
    /// <summary>Where it is stored.</summary>
    public DocumentKey Document => new(DocumentKind.Schedule, NamespaceId, ScheduleId);
}
