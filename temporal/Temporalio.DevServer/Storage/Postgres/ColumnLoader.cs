using Temporalio.DevServer.Visibility;
using Temporalio.DevServer.Visibility.Columns;

namespace Temporalio.DevServer.Storage.Postgres;

/// <summary>Loads the index of visibility rows beside the server's work: at its start, and again whenever the writer has lost sight of what was committed.</summary>
/// <param name="index">What to load.</param>
/// <param name="read">All rows, without memos.</param>
internal sealed class ColumnLoader(ColumnIndex index, Func<CancellationToken, IAsyncEnumerable<VisibilityRow>> read) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource stopping = new();
    private Task loop = Task.CompletedTask;

    public void Start() => loop = Task.Run(RunAsync, CancellationToken.None);

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
            await foreach (var load in index.Wanted.ReadAllAsync(stopping.Token))
                await LoadAsync(load);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task LoadAsync(ColumnLoad load)
    {
        try
        {
            await foreach (var row in read(stopping.Token))
            {
                if (load.Add(row))
                    continue;
                index.GiveUp();
                return;
            }

            load.Complete();
        }
        catch (StoreFencedException)
        {
            // Another server has the database; this one ends.
            index.GiveUp();
        }
        catch (StoreUnavailableException)
        {
            // From the beginning: part of it is of no use.
            await Task.Delay(Pause, stopping.Token);
            index.Reset();
        }
    }
}
