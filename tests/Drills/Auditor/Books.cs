using Settlement.Auditor;

namespace Settlement.Drills.Tests.Auditor;

/// <summary>Sound records of one settled payment of 7.00 USD from an account with 20.00, for tests to spoil.</summary>
internal sealed class Books
{
    public static readonly DateTimeOffset Instructed = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    public static readonly Guid Posting = Guid.NewGuid();

    private static readonly Guid SettlementId = Guid.NewGuid();
    private static readonly Guid Opening = Guid.NewGuid();
    private static readonly Guid CustomerId = Guid.NewGuid();
    private static readonly Guid NostroId = Guid.NewGuid();
    private static readonly Guid SuspenseId = Guid.NewGuid();
    private static readonly Guid Uetr = Guid.NewGuid();

    public BankPayment Payment { get; } = new(Uetr, "S1", "USD", 700, "OURS", "THEIRS") { Executions = 1 };

    public LedgerAccount Customer { get; set; } = new(CustomerId, "CUST", "CUSTOMER", "CREDIT", "USD", 1_300, 0, 0, null);

    public LedgerAccount Nostro { get; set; } = new(NostroId, "NOSTRO", "NOSTRO", "DEBIT", "USD", 1_300, 0, null, "OURS");

    public LedgerAccount Suspense { get; set; } = new(SuspenseId, "SUSPENSE", "SUSPENSE", "CREDIT", "USD", 0, 0, null, null);

    public LedgerSettlement Settlement { get; set; } = new(SettlementId, "S1", "SETTLED", "CUST", "THEIRS", "USD", 700, 0, null, null);

    public List<LedgerTransfer> Transfers { get; } = [new(Opening, "OPENING", null), new(Posting, "SETTLEMENT", SettlementId)];

    public List<LedgerEntry> Entries { get; } =
    [
        new(1, Opening, CustomerId, "USD", 2_000, 2_000),
        new(2, Opening, NostroId, "USD", -2_000, 2_000),
        new(3, Posting, CustomerId, "USD", -700, 1_300),
        new(4, Posting, NostroId, "USD", 700, 1_300),
    ];

    public List<LedgerInstruction> Instructions { get; } = [new(Uetr, SettlementId, 1, Instructed)];

    public List<AcceptedRequest> Requests { get; } = [new("key-1", SettlementId, "CUST", "USD", 700)];

    public BankRecords Bank() => new(new Dictionary<Guid, BankPayment> { [Uetr] = Payment });

    public LedgerRecords Ledger() => new(
        new[] { Customer, Nostro, Suspense }.ToDictionary(a => a.Id), Entries, Transfers.ToDictionary(t => t.Id), [], [Settlement], Instructions);

    /// <summary>Makes the stored balances those of the opening alone.</summary>
    public void Rebalance()
    {
        Customer = Customer with { PostedMinor = 2_000 };
        Nostro = Nostro with { PostedMinor = 2_000 };
    }

    /// <summary>What the bank paid stands in suspense instead of at the customer.</summary>
    public void ToSuspense()
    {
        Rebalance();
        Nostro = Nostro with { PostedMinor = 1_300 };
        Suspense = Suspense with { PostedMinor = -700 };
        Transfers[1] = Transfers[1] with { Kind = "SUSPENSE" };
        Entries[2] = new(3, Posting, SuspenseId, "USD", -700, -700);
    }
}
