using Temporalio.DevServer.Visibility;
using Temporalio.DevServer.Visibility.Columns;

namespace Temporalio.DevServer.Storage.Postgres;

/// <summary>Loads the index of visibility rows beside the server's work: at its start, and again whenever the writer has lost sight of what was committed.</summary>
internal sealed class ColumnLoader : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly ColumnIndex index;
    private readonly Func<CancellationToken, IAsyncEnumerable<VisibilityRow>> read;
    private readonly QueueLoop<ColumnLoad> loop;

    /// <param name="index">What to load.</param>
    /// <param name="read">All rows, without memos.</param>
    public ColumnLoader(ColumnIndex index, Func<CancellationToken, IAsyncEnumerable<VisibilityRow>> read)
    {
        (this.index, this.read) = (index, read);
        loop = new QueueLoop<ColumnLoad>(index.Wanted, LoadAsync);
    }

    public void Start() => loop.Start();

    public ValueTask DisposeAsync() => loop.DisposeAsync();

    private async Task LoadAsync(ColumnLoad load, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var row in read(cancellationToken))
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
            await Task.Delay(Pause, cancellationToken);
            index.Reset();
        }
    }
}
