using Npgsql;

namespace Settlement.Database.Proof;

/// <summary>Invariants 4 and 5 against the banks' own books.</summary>
internal static class BankChecks
{
    private const string PaymentsSql = """
        SELECT i.uetr, s.reference, s.status, i.currency, i.amount_minor,
               EXISTS (SELECT 1 FROM settlement.cases c
                        WHERE c.settlement_id = s.settlement_id AND c.state = 'OPEN' AND c.amount_minor >= i.amount_minor),
               EXISTS (SELECT 1 FROM settlement.settlement_transactions r WHERE r.returns_settlement_id = s.settlement_id AND r.status = 'SETTLED')
          FROM settlement.bank_instructions i JOIN settlement.settlement_transactions s USING (settlement_id) WHERE i.kind = 'PAYMENT'
        """;

    public static async Task<List<Breach>> RunAsync(NpgsqlConnection connection, IReadOnlyCollection<BankPosition> banks, CancellationToken cancellationToken)
    {
        var payments = (await Sql.ListAsync(connection, Sql.Command(PaymentsSql), row => new Payment(
            row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetBoolean(5), row.GetBoolean(6)), cancellationToken))
            .ToDictionary(payment => payment.Uetr);
        var breaches = new List<Breach>();
        foreach (var position in banks)
        {
            if (position.Executions > 1)
                breaches.Add(new Breach(4, "paid more than once", $"the bank executed {position.Uetr} {position.Executions} times"));
            if (!payments.TryGetValue(position.Uetr, out var payment))
                breaches.AddRange(Unexplained(position));
            else if (position.Executions > 0 && (position.Currency != payment.Currency || position.AmountMinor != payment.AmountMinor))
                breaches.Add(new Breach(4, "amounts differ", $"{payment.Reference}: the bank paid {position.AmountMinor} {position.Currency}, we instructed {payment.AmountMinor} {payment.Currency}"));
        }

        breaches.AddRange(Ends(payments.Values, banks.ToLookup(position => position.Uetr)));
        return breaches;
    }

    /// <summary>A payment that we never sent; one that moved nothing, or was given back since, has done no harm.</summary>
    private static IEnumerable<Breach> Unexplained(BankPosition position)
    {
        if (position is { Executions: > 0, Returned: false })
            yield return new Breach(4, "payment without instruction", $"the bank executed {position.Uetr}, which we never sent: {position.AmountMinor} {position.Currency}");
    }

    /// <summary>Per settlement: what its end says against what the bank did for all its payments together.</summary>
    private static IEnumerable<Breach> Ends(IEnumerable<Payment> payments, ILookup<Guid, BankPosition> banks)
    {
        foreach (var settlement in payments.GroupBy(payment => payment.Reference))
        {
            var last = settlement.First();
            var kept = settlement.Sum(payment => banks[payment.Uetr].Sum(position => position.Returned ? 0 : position.Executions));
            if (kept > 1)
                yield return new Breach(4, "paid more than once", $"{last.Reference}: the bank keeps {kept} executions over all attempts");
            if (last.Status == "SETTLED" && !last.IsReturned && kept != 1)
                yield return new Breach(5, "SETTLED, but the bank has not paid", $"{last.Reference}: {kept} executions at the bank");
            if (last.Status == "SETTLED" && last.IsReturned && kept != 0)
                yield return new Breach(5, "returned, but the bank keeps the payment", $"{last.Reference}: {kept} executions at the bank");
            if (last.Status is "FAILED" or "CANCELLED" && kept != 0 && !settlement.Any(payment => payment.HasOpenCase))
                yield return new Breach(5, $"{last.Status}, but the bank has paid", $"{last.Reference}: {kept} executions at the bank and no open case in suspense");
        }
    }

    private sealed record Payment(Guid Uetr, string Reference, string Status, string Currency, long AmountMinor, bool HasOpenCase, bool IsReturned);
}
