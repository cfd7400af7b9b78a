namespace Temporalio.DevServer.Storage;

/// <summary>
/// The store does not answer. A write that ends so may have happened or not: forget what is in memory of the runs it touched and load them
/// again; the store refuses to read until it knows.
/// </summary>
internal sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
