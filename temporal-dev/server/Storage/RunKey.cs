namespace Temporalio.DevServer.Storage;

/// <summary>Names one run. <see cref="NamespaceId"/> and <see cref="RunId"/> are UUIDs in their usual lower-case form; the workflow id is any text.</summary>
internal readonly record struct RunKey(string NamespaceId, string WorkflowId, string RunId);
