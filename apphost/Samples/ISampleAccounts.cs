namespace Settlement.AppHost.Samples;

/// <summary>Opens the accounts of a sample in our books.</summary>
public interface ISampleAccounts
{
    /// <summary>Opens them with their balances, and makes sure that we have a nostro at the bank in each of their currencies.</summary>
    /// <param name="accounts">Accounts whose ids are final account numbers.</param>
    /// <param name="entityId">Their owner.</param>
    /// <param name="bank">The bank that will execute.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task OpenAsync(IReadOnlyList<SampleAccount> accounts, string entityId, string bank, CancellationToken cancellationToken);
}
