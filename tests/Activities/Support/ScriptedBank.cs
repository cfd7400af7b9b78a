using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Settlement.Activities.Banks;
using Settlement.Domain;

namespace Settlement.Activities.Tests.Support;

/// <summary>A bank in memory: does what the test says and counts what it was asked. Executions are kept per UETR.</summary>
internal sealed class ScriptedBank : IBankClient, IBankDirectory
{
    public const string Name = "testbank";

    public ConcurrentQueue<BankInstruction> Submitted { get; } = new();

    public ConcurrentQueue<Uetr> Enquired { get; } = new();

    public Func<BankInstruction, Task<BankAnswer>> OnSubmit { get; set; } =
        instruction => Task.FromResult<BankAnswer>(new BankAnswer.Settled(instruction.Amount, DateTimeOffset.UnixEpoch));

    public Func<Uetr, BankAnswer> OnEnquire { get; set; } = _ => new BankAnswer.NotFound();

    public Func<Uetr, RecallAnswer> OnRecall { get; set; } = _ => new RecallAnswer.Recalled(DateTimeOffset.UnixEpoch);

    public bool TryGet(string bank, [NotNullWhen(true)] out IBankClient? client)
    {
        client = bank == Name ? this : null;
        return client is not null;
    }

    public Task<BankAnswer> SubmitAsync(BankInstruction instruction, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        Submitted.Enqueue(instruction);
        return OnSubmit(instruction);
    }

    public Task<BankAnswer> EnquireAsync(Uetr uetr, Currency currency, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        Enquired.Enqueue(uetr);
        return Task.FromResult(OnEnquire(uetr));
    }

    public Task<RecallAnswer> RecallAsync(
        Uetr uetr, string recallId, string reasonCode, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Task.FromResult(OnRecall(uetr));
}
