namespace NexusRpc;

/// <summary>A link from one side of an operation to the other.</summary>
/// <param name="Uri">Where it leads.</param>
/// <param name="Type">What stands there, usually a full Protobuf message name.</param>
public record NexusLink(Uri Uri, string Type);
