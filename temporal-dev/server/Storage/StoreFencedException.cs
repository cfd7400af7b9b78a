namespace Temporalio.DevServer.Storage;

/// <summary>Another server writes to this database. Nothing can be written any more; the process must end.</summary>
internal sealed class StoreFencedException(string message) : Exception(message);
