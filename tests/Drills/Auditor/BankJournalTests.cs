using Settlement.Auditor;

namespace Settlement.Drills.Tests.Auditor;

public sealed class BankJournalTests : IDisposable
{
    private const string Uetr = "0b7f3f0e-8d44-4c6b-9d6e-0d6b8a1f5a11";
    private readonly string file = Path.GetTempFileName();

    [Fact]
    public void Read_ReceivedAndExecuted_IsOneExecution()
    {
        Write(Received, Decided("ACSC"));
        var payment = BankJournal.Read(file).Payments[Guid.Parse(Uetr)];
        (payment.Executions, payment.AmountMinor, payment.KeptMinor).ShouldBe((1, 700, 700));
    }

    [Fact]
    public void Read_Rejected_IsNoExecution()
    {
        Write(Received, Decided("RJCT"));
        BankJournal.Read(file).Payments[Guid.Parse(Uetr)].Executions.ShouldBe(0);
    }

    [Fact]
    public void Read_ExecutedTwice_IsTwoExecutions()
    {
        Write(Received, Decided("ACSC"), Decided("ACSC"));
        BankJournal.Read(file).Payments[Guid.Parse(Uetr)].Executions.ShouldBe(2);
    }

    [Fact]
    public void Read_Returned_KeepsTheRest()
    {
        Write(Received, Decided("ACSC"), $$"""{"fact":"return_booked","report":{"uetr":"{{Guid.NewGuid()}}","original_uetr":"{{Uetr}}","status":"ACSC","amount":"2.50","currency":"USD","as_of":"2026-11-22T10:00:00+00:00"} }""");
        BankJournal.Read(file).Payments[Guid.Parse(Uetr)].KeptMinor.ShouldBe(450);
    }

    [Fact]
    public void Read_TornLastLine_IsLeftOut()
    {
        Write(Received);
        File.AppendAllText(file, "00000000 " + Decided("ACSC")[..20]);
        BankJournal.Read(file).Payments[Guid.Parse(Uetr)].Executions.ShouldBe(0);
    }

    [Fact]
    public void Read_LineThatIsNoneOfTheBanks_IsRefused()
    {
        File.WriteAllText(file, "{}\n");
        Should.Throw<FormatException>(() => BankJournal.Read(file));
    }

    public void Dispose() => File.Delete(file);

    private static string Received =>
        $$"""{"fact":"payment_received","instruction":{"uetr":"{{Uetr}}","message_id":"m","end_to_end_id":"S1","amount":"7.00","currency":"USD","debtor_account":"OURS","creditor_account":"THEIRS","value_date":null},"at":"2026-11-22T10:00:00+00:00","decide_at":null,"decides_in_answer":true,"outcome":"settle","reason_code":null}""";

    private static string Decided(string status) => $$"""{"fact":"payment_decided","uetr":"{{Uetr}}","status":"{{status}}","reason_code":null,"at":"2026-11-22T10:00:00+00:00"}""";

    private void Write(params string[] facts) => File.WriteAllText(file, string.Concat(facts.Select(fact => "00000000 " + fact + "\n")));
}
