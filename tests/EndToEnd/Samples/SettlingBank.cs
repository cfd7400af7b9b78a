using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Settlement.Activities.Banks;
using Settlement.Domain;

namespace Settlement.EndToEnd.Tests.Samples;

/// <summary>A bank in memory that executes each instruction once and says so at once: here the clock is under test, not the bank.</summary>
internal sealed class SettlingBank(string name, TimeProvider clock) : IBankClient, IBankDirectory
{
    private readonly ConcurrentDictionary<Uetr, BankInstruction> executed = new();

    public int ExecutionsTo(string creditorAccount) => executed.Values.Count(one => one.CreditorAccount == creditorAccount);

    public BankInstruction? InstructionTo(string creditorAccount) => executed.Values.SingleOrDefault(one => one.CreditorAccount == creditorAccount);

    public bool TryGet(string bank, [NotNullWhen(true)] out IBankClient? client)
    {
        client = bank == name ? this : null;
        return client is not null;
    }

    public Task<BankAnswer> SubmitAsync(BankInstruction instruction, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Task.FromResult<BankAnswer>(new BankAnswer.Settled(executed.GetOrAdd(instruction.Uetr, instruction).Amount, clock.GetUtcNow()));

    public Task<BankAnswer> EnquireAsync(Uetr uetr, Currency currency, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Task.FromResult<BankAnswer>(executed.TryGetValue(uetr, out var one)
            ? new BankAnswer.Settled(one.Amount, clock.GetUtcNow())
            : new BankAnswer.NotFound());

    public Task<RecallAnswer> RecallAsync(
        Uetr uetr, string recallId, string reasonCode, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Task.FromResult<RecallAnswer>(executed.ContainsKey(uetr) ? new RecallAnswer.Refused("ARDT", clock.GetUtcNow()) : new RecallAnswer.NotFound());
}
