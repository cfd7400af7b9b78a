using Npgsql;
using Settlement.Domain;

namespace Settlement.Database.Tests;

/// <summary>A small bank for tests: one customer, one nostro, internal accounts, and the steps of a settlement.</summary>
internal sealed class Bank
{
    public const string Customer = "CUST-1";
    public const string Entity = "ACME";
    public const string BankId = "simbank";

    private readonly NpgsqlDataSource dataSource;
    private readonly StepRunner runner;

    private Bank(NpgsqlDataSource dataSource)
    {
        this.dataSource = dataSource;
        runner = new StepRunner(dataSource);
        Directory = new AccountDirectory(dataSource);
    }

    public AccountDirectory Directory { get; }

    public AccountIdentity Debtor { get; private set; } = null!;

    public AccountIdentity Nostro { get; private set; } = null!;

    public AccountIdentity Fees { get; private set; } = null!;

    public static DateTimeOffset Now { get; } = new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);

    public static DateOnly Today { get; } = new(2026, 11, 18);

    /// <summary>Opens the accounts.</summary>
    /// <param name="dataSource">A migrated database.</param>
    /// <param name="customerMinor">The customer's balance, USD cents.</param>
    /// <param name="nostroMinor">The nostro's balance, USD cents.</param>
    public static async Task<Bank> OpenAsync(NpgsqlDataSource dataSource, long customerMinor = 1_000_000, long nostroMinor = 100_000_000)
    {
        await new AccountSeeder(dataSource).OpenAsync(
        [
            new NewAccount { AccountNumber = Customer, Kind = AccountKind.Customer, EntityId = Entity, Name = "Acme", Currency = Currency.Usd, OpeningBalance = new Money(customerMinor, Currency.Usd) },
            new NewAccount
            {
                AccountNumber = "NOSTRO-USD", Kind = AccountKind.Nostro, EntityId = InternalAccounts.EntityId, Name = "Nostro at simbank", Currency = Currency.Usd,
                OpeningBalance = new Money(nostroMinor, Currency.Usd), BankId = BankId, BankBic = "SIMBUS33", NumberThere = "0815",
            },
        ], Now);
        return await OfAsync(dataSource);
    }

    /// <summary>The same bank through other connections, for example those of a role.</summary>
    public static async Task<Bank> OfAsync(NpgsqlDataSource dataSource)
    {
        var bank = new Bank(dataSource);
        bank.Debtor = (await bank.Directory.FindAsync(Customer))!;
        bank.Nostro = (await bank.Directory.FindNostroAsync(BankId, Currency.Usd))!;
        bank.Fees = (await bank.Directory.FindFeeAsync(Currency.Usd))!;
        return bank;
    }

    /// <summary>Creates a PENDING cash settlement.</summary>
    public async Task<Guid> CreateAsync(long amountMinor = 10_000, long feeMinor = 25, string? tradeId = null)
    {
        var terms = Terms(amountMinor, feeMinor, tradeId);
        await SettlementCreator.InsertAsync(dataSource, terms);
        return terms.SettlementId;
    }

    public static NewSettlement Terms(long amountMinor = 10_000, long feeMinor = 25, string? tradeId = null) => new()
    {
        SettlementId = Guid.CreateVersion7(),
        Reference = SettlementReference.New(Today),
        Kind = SettlementKind.Cash,
        EntityId = Entity,
        DebtorAccount = Customer,
        Amount = new Money(amountMinor, Currency.Usd),
        Fee = new Money(feeMinor, Currency.Usd),
        TradeId = tradeId,
        BankId = BankId,
        Rail = CalendarRules.AlwaysOpen,
        CalendarCodes = [CalendarRules.AlwaysOpen],
        CreditorName = "Widget GmbH",
        CreditorAccount = "DE89370400440532013000",
        CreatedBy = new Actor("starter", ActorSource.Api),
        CreatedAsOf = Now,
        WorkflowInputJson = """{"amount":"100.00"}""",
    };

    public Task<StepResult<HoldOutcome>> LockAsync(Guid id, int attempt = 1, DateTimeOffset? expiresAt = null) =>
        runner.RunAsync(new StepKey(id, attempt, StepName.Lock), Now, async step =>
        {
            step.Compensations.Register(CompensationAction.VoidLock);
            var outcome = await step.Ledger.HoldAsync(expiresAt ?? Now.AddHours(1), PaymentLegs.Holds(Debtor.AccountId, Nostro.AccountId, step.Amount, step.Fee));
            if (outcome.IsHeld)
                step.Transition(SettlementStatus.FundsLocked, Actor.System, "funds locked");
            else if (step.Settlement.Status == SettlementStatus.Pending)
                step.Transition(SettlementStatus.Failed, Actor.System, "insufficient funds", outcome.Refusal);
            return outcome;
        });

    public Task<StepResult<Guid>> TransferAsync(Guid id, Uetr? uetr = null, int attempt = 1, DateTimeOffset? asOf = null) =>
        runner.RunAsync(new StepKey(id, attempt, StepName.Transfer), asOf ?? Now, step =>
        {
            var instruction = step.Instructions.RecordPayment(uetr ?? Uetr.New());
            step.Ledger.Freeze();
            step.Transition(SettlementStatus.TransferInitiated, Actor.System, "instruction recorded");
            return Task.FromResult(instruction);
        });

    public Task<StepResult<bool>> ConfirmAsync(Guid id, int attempt = 1) => runner.RunAsync(new StepKey(id, attempt, StepName.Confirm), Now, step =>
    {
        step.Instructions.Answer(InstructionKind.Payment, InstructionState.Confirmed, "BANKREF-1");
        step.Transition(SettlementStatus.Confirmed, new Actor(BankId, ActorSource.Bank), "pacs.002 ACSC");
        return Task.FromResult(true);
    });

    public Task<StepResult<Guid>> FinalizeAsync(Guid id, int attempt = 1) => runner.RunAsync(new StepKey(id, attempt, StepName.Finalize), Now, step =>
    {
        var transfer = step.Ledger.PostLocked(PaymentLegs.Payment(Debtor.AccountId, Nostro.AccountId, Fees.AccountId, step.Amount, step.Fee), Today, "payment");
        step.Transition(SettlementStatus.Settled, Actor.System, "posted");
        return Task.FromResult(transfer);
    });

    /// <summary>Rejected by the bank: release, wait for a retry.</summary>
    public async Task RollBackAsync(Guid id, SettlementStatus end = SettlementStatus.AwaitingRetry, int attempt = 1)
    {
        await runner.RunAsync(new StepKey(id, attempt, StepName.RollBack), Now, step =>
        {
            step.Transition(SettlementStatus.RollingBack, Actor.System, "rejected", SettlementFailure.BankRejected);
            return Task.FromResult(true);
        });
        await runner.RunAsync(new StepKey(id, attempt, StepName.VoidLock), Now, async step =>
        {
            var released = await step.Ledger.VoidAsync("rejected by the bank");
            step.Compensations.Succeeded(CompensationAction.VoidLock);
            step.Transition(end, Actor.System, "released", SettlementFailure.BankRejected);
            return released;
        });
    }

    /// <summary>The whole way to SETTLED.</summary>
    public async Task<Guid> SettleAsync(long amountMinor = 10_000, long feeMinor = 25)
    {
        var id = await CreateAsync(amountMinor, feeMinor);
        await LockAsync(id);
        await TransferAsync(id);
        await ConfirmAsync(id);
        await FinalizeAsync(id);
        return id;
    }

    /// <summary>Posted and held, natural sign, minor units.</summary>
    public async Task<(long Posted, long Held)> BalanceAsync(AccountIdentity account)
    {
        await using var command = dataSource.CreateCommand("SELECT posted_minor, held_minor FROM settlement.accounts WHERE account_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = account.AccountId });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
