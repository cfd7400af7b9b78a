using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Settlement.Database;
using Settlement.Domain;

using BankInstruction = Settlement.Activities.Banks.BankInstruction;

namespace Settlement.Activities.Instructions;

/// <summary>What an instruction says, kept with its step: a repeat must say exactly the same, or the bank takes it for another.</summary>
/// <param name="Reference">Our reference, the end-to-end id.</param>
/// <param name="Amount">What is paid.</param>
/// <param name="DebtorAccount">Our account at the bank.</param>
/// <param name="CreditorAccount">The account that receives.</param>
/// <param name="ValueDate">Requested value date.</param>
internal sealed record InstructionTerms(string Reference, Money Amount, string DebtorAccount, string CreditorAccount, DateOnly? ValueDate)
{
    /// <summary>The message id follows from the UETR, so that repeats carry the same.</summary>
    public BankInstruction ToInstruction(Uetr uetr) =>
        new(uetr, uetr.Value.ToString("N"), Reference, Amount, DebtorAccount, CreditorAccount, ValueDate);
}

/// <summary>Which instruction of an attempt the settlement itself stands for.</summary>
internal static class OwnInstructions
{
    /// <summary>A return's own instruction is the return, a payment's the payment.</summary>
    public static InstructionKind OwnInstruction(this StepContext step) =>
        step.Settlement.ReturnsSettlementId is null ? InstructionKind.Payment : InstructionKind.Return;
}

/// <summary>The numbers of our accounts at the banks. They never change, so hits are kept.</summary>
public sealed class NostroDirectory(NpgsqlDataSource dataSource)
{
    private readonly ConcurrentDictionary<(string Bank, string Currency), string> numbers = new();

    /// <summary>Number of our account at the bank in the currency.</summary>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.UnknownAccount"/>.</exception>
    public async Task<string> NumberThereAsync(string bank, Currency currency, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(currency);
        if (numbers.TryGetValue((bank, currency.Code), out var known))
            return known;
        await using var context = SettlementDatabase.CreateContext(dataSource);
        var number = await context.NostroAccounts
            .Where(nostro => nostro.BankId == bank && nostro.Currency == currency.Code)
            .Select(nostro => nostro.NumberThere)
            .SingleOrDefaultAsync(cancellationToken)
            ?? throw new SettlementException(SettlementFailure.UnknownAccount, $"We have no {currency.Code} account at {bank}.");
        return numbers.GetOrAdd((bank, currency.Code), number);
    }
}
