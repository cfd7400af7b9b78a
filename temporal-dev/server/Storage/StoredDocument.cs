namespace Temporalio.DevServer.Storage;

/// <summary>A small document as stored.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Version">1 after its first write, and one more after each.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record StoredDocument(DocumentKey Key, long Version, byte[] Body);
