namespace Temporalio.DevServer.Storage;

/// <summary>A version, a current run or a document is not what the writer expected. Nothing of the transaction was written; load again and decide again.</summary>
internal sealed class StoreConflictException(string message) : Exception(message);
