using System.Diagnostics;

namespace Settlement.BankSimulator.Tests;

/// <summary>Waits for a condition that another thread or process brings about.</summary>
public static class Eventually
{
    public static async Task<T> AsyncValue<T>(Func<Task<T>> read, Func<T, bool> isRight, string what, double seconds = 30)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var value = await read();
            if (isRight(value))
                return value;
            if (watch.Elapsed.TotalSeconds > seconds)
                throw new TimeoutException($"{what} did not come about within {seconds} s; the last value was {value}.");
            await Task.Delay(20);
        }
    }

    public static Task Holds(Func<bool> condition, string what, double seconds = 30) =>
        AsyncValue(() => Task.FromResult(condition()), held => held, what, seconds);
}
