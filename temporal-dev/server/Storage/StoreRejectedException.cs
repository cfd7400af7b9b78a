namespace Temporalio.DevServer.Storage;

/// <summary>The database refuses this transaction for what it holds. Nothing of it was written, and trying again does not help.</summary>
internal sealed class StoreRejectedException(string message, Exception? inner = null) : Exception(message, inner);
