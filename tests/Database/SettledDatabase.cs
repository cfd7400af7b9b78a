namespace Settlement.Database.Tests;

/// <summary>One database for a class of tests that are all refused: a bank with one settled payment.</summary>
public sealed class SettledDatabase : TestDatabase
{
    internal Bank Bank { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Bank = await Bank.OpenAsync(DataSource);
        await Bank.SettleAsync();
    }
}
