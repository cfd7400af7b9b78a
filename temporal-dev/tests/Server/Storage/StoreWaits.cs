namespace Temporalio.DevServer.Tests.Storage;

/// <summary>What tests wait for.</summary>
internal static class StoreWaits
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await condition())
            await Task.Delay(20, limit.Token);
    }
}
