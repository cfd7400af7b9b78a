using Temporalio.Api.Enums.V1;

namespace Temporalio.DevServer.Matching;

/// <summary>Names a task queue. A worker's sticky queue is a queue of its own, for workflow tasks only.</summary>
internal readonly record struct QueueKey(string NamespaceId, string Name, TaskQueueType Type);
