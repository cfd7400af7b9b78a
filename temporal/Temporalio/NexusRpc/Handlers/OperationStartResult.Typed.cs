namespace NexusRpc.Handlers;

/// <summary>Answer to a start: a result, or a token of an operation that goes on.</summary>
/// <typeparam name="T">Result type.</typeparam>
public class OperationStartResult<T>
{
    /// <summary>Initializes a new instance of the <see cref="OperationStartResult{T}"/> class.</summary>
    /// <param name="syncResultValue">Result, if it is done.</param>
    /// <param name="asyncOperationToken">Token, if it goes on.</param>
    internal OperationStartResult(T? syncResultValue, string? asyncOperationToken)
    {
        SyncResultValue = syncResultValue;
        AsyncOperationToken = asyncOperationToken;
    }

    /// <summary>Gets the result, if the operation is done.</summary>
    public T? SyncResultValue { get; }

    /// <summary>Gets the token, null if the operation is done.</summary>
    public string? AsyncOperationToken { get; }
}
