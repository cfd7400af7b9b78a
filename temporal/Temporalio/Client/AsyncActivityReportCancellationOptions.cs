namespace Temporalio.Client;

/// <summary>Options of <see cref="AsyncActivityHandle.ReportCancellationAsync"/>.</summary>
public class AsyncActivityReportCancellationOptions : ICloneable
{
    /// <summary>Values to keep with the cancellation.</summary>
    public IReadOnlyCollection<object?>? Details { get; set; }

    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (AsyncActivityReportCancellationOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
