using System.Threading.Channels;

namespace Temporalio.DevServer;

/// <summary>Works off a queue beside the server's other work, one piece after the other, until it is disposed.</summary>
/// <typeparam name="T">A piece of work.</typeparam>
/// <param name="queue">What is to be done.</param>
/// <param name="work">Does one piece. It must not throw, but for the cancellation of its token, with which the loop ends.</param>
internal sealed class QueueLoop<T>(ChannelReader<T> queue, Func<T, CancellationToken, Task> work) : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private Task loop = Task.CompletedTask;

    /// <summary>Begins.</summary>
    public void Start() => loop = Task.Run(RunAsync, CancellationToken.None);

    /// <summary>Ends: interrupts the piece in hand and leaves the rest.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await loop;
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var piece in queue.ReadAllAsync(stopping.Token))
                await work(piece, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The end.
        }
    }
}
