using System.Net.Http.Json;

namespace Settlement.BankSimulator.Tests;

public sealed class AgendaTests
{
    [Fact]
    public async Task TakeDue_SeveralItems_ComeInTheOrderOfTheirTimes()
    {
        var agenda = new Agenda<string>(TimeProvider.System);
        var past = DateTimeOffset.UtcNow.AddMinutes(-1);
        agenda.Add("late", past.AddSeconds(2));
        agenda.Add("early", past);
        agenda.Add("never", DateTimeOffset.UtcNow.AddHours(1));

        (await agenda.TakeDueAsync(10, CancellationToken.None)).ShouldBe(["early", "late"]);
    }

    [Fact]
    public async Task TakeDue_AnEarlierItemIsAddedWhileWaiting_WakesUp()
    {
        var agenda = new Agenda<string>(TimeProvider.System);
        agenda.Add("later", DateTimeOffset.UtcNow.AddHours(1));
        var waiting = agenda.TakeDueAsync(1, CancellationToken.None);
        waiting.IsCompleted.ShouldBeFalse();

        agenda.Add("now", DateTimeOffset.UtcNow);

        (await waiting.WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe(["now"]);
    }

    [Fact]
    public async Task TakeDue_Cancelled_Throws()
    {
        var agenda = new Agenda<string>(TimeProvider.System);
        using var cancel = new CancellationTokenSource();
        var waiting = agenda.TakeDueAsync(1, cancel.Token);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Clock_Set_RunsOnFromThereAndStampsPayments()
    {
        await using var bank = new InProcessBank();
        var caller = bank.Call();
        var instant = new DateTimeOffset(2031, 5, 17, 3, 0, 0, TimeSpan.Zero);
        using (var response = await caller.Http.PutAsJsonAsync("clock", new ClockReading(instant), BankJson.Options))
            response.EnsureSuccessStatusCode();

        var answer = await caller.SubmitAsync(BankCaller.Instruction());

        answer.AsOf.ShouldBeInRange(instant, instant.AddMinutes(5));
    }
}
