using Settlement.Database;
using Settlement.Domain;

namespace Settlement.Activities.Ledger;

/// <summary>The accounts that one payment touches.</summary>
/// <param name="Debtor">Who pays.</param>
/// <param name="Nostro">Our account at the bank that carries it.</param>
/// <param name="Fee">Who earns the fee.</param>
public sealed record PaymentAccounts(AccountIdentity Debtor, AccountIdentity Nostro, AccountIdentity Fee)
{
    /// <summary>Finds them in the directory.</summary>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.UnknownAccount"/>.</exception>
    public static async Task<PaymentAccounts> FindAsync(AccountDirectory directory, SettlementTransaction settlement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(settlement);
        var currency = Currency.Of(settlement.Currency);
        var debtor = await directory.FindAsync(settlement.DebtorAccount, cancellationToken)
            ?? throw new SettlementException(SettlementFailure.UnknownAccount, "The debtor account is not known.");
        var nostro = await directory.FindNostroAsync(settlement.BankId, currency, cancellationToken)
            ?? throw new SettlementException(SettlementFailure.UnknownAccount, $"We have no {currency.Code} account at {settlement.BankId}.");
        if (settlement.FeeMinor == 0)
            return new PaymentAccounts(debtor, nostro, nostro);
        var fee = await directory.FindFeeAsync(currency, cancellationToken)
            ?? throw new SettlementException(SettlementFailure.UnknownAccount, $"There is no fee account in {currency.Code}.");
        return new PaymentAccounts(debtor, nostro, fee);
    }
}
