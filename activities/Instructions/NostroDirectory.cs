using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Settlement.Database;
using Settlement.Domain;

namespace Settlement.Activities.Instructions;

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
