namespace NexusRpc.Handlers;

/// <summary>Marks a method without parameters that returns the handler of the operation of the same name.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class NexusOperationHandlerAttribute : Attribute;
