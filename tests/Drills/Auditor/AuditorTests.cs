using Settlement.Auditor;

namespace Settlement.Drills.Tests.Auditor;

/// <summary>Sound records give no finding; each way in which money can go astray gives one of its kind.</summary>
public sealed class AuditorTests
{
    private readonly Books books = new();

    [Fact]
    public void Examine_SoundRecords_FindsNothing() => Examine().Findings.ShouldBeEmpty();

    [Fact]
    public void Examine_BankExecutedTwice_IsDoubled()
    {
        books.Payment.Executions = 2;
        Kinds().ShouldContain(FindingKind.Doubled);
    }

    [Fact]
    public void Examine_BankNeverPaidASettledOne_IsLost()
    {
        books.Payment.Executions = 0;
        Kinds().ShouldContain(FindingKind.Lost);
    }

    [Fact]
    public void Examine_BankPaidAFailedOne_IsLost()
    {
        books.Settlement = books.Settlement with { Status = "FAILED" };
        books.Transfers.RemoveAll(t => t.Kind == "SETTLEMENT");
        books.Entries.RemoveAll(e => e.TransferId == Books.Posting);
        books.Rebalance();
        Examine().Findings.ShouldContain(f => f.What == "the bank keeps money that nothing explains" && f.Kind == FindingKind.Lost);
    }

    [Fact]
    public void Examine_BankPaidAFailedOneThatStandsInSuspense_FindsNothing()
    {
        books.Settlement = books.Settlement with { Status = "FAILED" };
        books.ToSuspense();
        Examine().Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Examine_OpenSettlement_IsStranded()
    {
        books.Settlement = books.Settlement with { Status = "OUTCOME_UNKNOWN" };
        Kinds().ShouldContain(FindingKind.Stranded);
    }

    [Fact]
    public void Examine_HeldWithoutALock_IsStranded()
    {
        books.Customer = books.Customer with { HeldMinor = 5 };
        Kinds().ShouldBe([FindingKind.Stranded]);
    }

    [Fact]
    public void Examine_EntriesThatDoNotSumToZero_AreFound()
    {
        books.Entries[^1] = books.Entries[^1] with { AmountMinor = books.Entries[^1].AmountMinor - 1 };
        Examine().Findings.ShouldContain(f => f.What == "transfer does not sum to zero");
    }

    [Fact]
    public void Examine_BalanceBelowTheFloorInBetween_IsDoubled()
    {
        books.Customer = books.Customer with { FloorMinor = 1_500 };
        Kinds().ShouldContain(FindingKind.Doubled);
    }

    [Fact]
    public void Examine_PaymentNobodyRecorded_IsDoubled()
    {
        books.Instructions.Clear();
        Kinds().ShouldContain(FindingKind.Doubled);
    }

    [Fact]
    public void Examine_InstructedBeforeTheWindow_IsWrong()
    {
        books.Settlement = books.Settlement with { OpensAt = Books.Instructed.AddSeconds(1) };
        Kinds().ShouldBe([FindingKind.Wrong]);
    }

    [Fact]
    public void Examine_AcceptedRequestThatIsNotThere_IsLost()
    {
        books.Requests.Add(new AcceptedRequest("key-2", Guid.NewGuid(), "CUST", "USD", 700));
        Kinds().ShouldBe([FindingKind.Lost]);
    }

    [Fact]
    public void Examine_OneKeyForTwoSettlements_IsDoubled()
    {
        books.Requests.Add(new AcceptedRequest("key-1", Guid.NewGuid(), "CUST", "USD", 700));
        Examine().Findings.ShouldContain(f => f.What == "one key, several settlements");
    }

    [Fact]
    public void Examine_SettlementNobodyAskedFor_IsDoubled()
    {
        books.Requests.Clear();
        Kinds().ShouldBe([FindingKind.Doubled]);
    }

    private Settlement.Auditor.AuditReport Examine() => Settlement.Auditor.Auditor.Examine(books.Bank(), books.Ledger(), books.Requests);

    private IEnumerable<FindingKind> Kinds() => Examine().Findings.Select(f => f.Kind).Distinct();
}
