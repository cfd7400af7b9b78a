namespace Settlement.Activities.Tests.Support;

/// <summary>Waits for a condition, and fails when it does not come.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        using var timeout = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
            (await timer.WaitForNextTickAsync(timeout.Token)).ShouldBeTrue();
    }
}
