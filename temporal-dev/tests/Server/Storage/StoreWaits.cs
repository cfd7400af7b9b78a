using Temporalio.DevServer.Storage.Postgres;

namespace Temporalio.DevServer.Tests.Storage;

/// <summary>What tests wait for.</summary>
internal static class StoreWaits
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until the index of visibility rows answers lists and counts.</summary>
    public static Task UntilIndexedAsync(this PostgresStore store) => UntilAsync(() => Task.FromResult(store.Writer.Index.IsReady));

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await condition())
            await Task.Delay(20, limit.Token);
    }
}
