using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Batches;

/// <summary>A batch job in memory, as it was last stored.</summary>
internal sealed class BatchJob(DocumentKey key, BatchDocument document)
{
    private volatile BatchDocument document = document;

    public DocumentKey Key { get; } = key;

    /// <summary>Never changed in place.</summary>
    public BatchDocument Document
    {
        get => document;
        set => document = value;
    }

    public bool IsDeleted { get; set; }

    private SemaphoreSlim Gate { get; } = new(1, 1);

    public bool IsRunning => !IsDeleted && document.State == BatchOperationState.Running;

    /// <summary>What does the job.</summary>
    public Task Work { get; set; } = Task.CompletedTask;

    /// <summary>Nobody else changes the stored job until the result is disposed.</summary>
    public async Task<IDisposable> HoldAsync()
    {
        await Gate.WaitAsync();
        return new Held(Gate);
    }

    private sealed class Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
