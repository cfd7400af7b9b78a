namespace Temporalio.DevServer.Storage;

/// <summary>Writes or deletes a document.</summary>
/// <param name="Key">Its name.</param>
/// <param name="ExpectedVersion">The version that must be there: 0 for none, null for whichever. A deletion does not look at it.</param>
/// <param name="Body">The bytes, or null to delete.</param>
internal sealed record DocumentWrite(DocumentKey Key, long? ExpectedVersion, byte[]? Body);
