namespace Settlement.Worker.Tests.Support;

/// <summary>Waits for a condition, and fails when it does not come.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task HoldsAsync(Func<Task<bool>> condition, string what)
    {
        using var timeout = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            timeout.IsCancellationRequested.ShouldBeFalse($"not within {Limit.TotalSeconds} s: {what}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
