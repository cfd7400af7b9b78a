namespace Temporalio.InTree.Tests.Support;

/// <summary>Waits for what a server does in its own time.</summary>
internal static class Eventually
{
    /// <summary>Asks until the answer is as wanted, for a minute.</summary>
    public static async Task<T> AsksUntilAsync<T>(Func<Task<T>> ask, Func<T, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var answer = await ask();
            if (wanted(answer))
            {
                return answer;
            }
            limit.IsCancellationRequested.ShouldBeFalse($"still {answer}");
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }
}
