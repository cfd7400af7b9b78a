namespace NexusRpc.Handlers;

/// <summary>Makes answers to starts.</summary>
public static class OperationStartResult
{
    /// <summary>The operation is done.</summary>
    /// <typeparam name="T">Result type.</typeparam>
    /// <param name="value">Result.</param>
    /// <returns>The answer.</returns>
    public static OperationStartResult<T> SyncResult<T>(T value) => new(value, null);

    /// <summary>The operation goes on.</summary>
    /// <typeparam name="T">Result type.</typeparam>
    /// <param name="asyncOperationToken">Token by which it is found again.</param>
    /// <returns>The answer.</returns>
    public static OperationStartResult<T> AsyncResult<T>(string asyncOperationToken) => new(default, asyncOperationToken);
}
