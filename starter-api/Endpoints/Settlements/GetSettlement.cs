namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>GET /settlements/{id}.</summary>
public static class GetSettlement
{
    public static async Task<Results<Ok<SettlementReply>, ApiProblem>> HandleAsync(string id, CurrentUser user, SettlementReader reader, CancellationToken cancel)
    {
        var row = await FindAsync(reader, id, new ReadScope(user.ReadScope), cancel);
        return row is null ? new ApiProblem(ProblemTypes.NotFound) : TypedResults.Ok(SettlementReply.Of(row));
    }

    /// <summary>By settlement id (UUID) or by reference; anything else finds nothing.</summary>
    internal static Task<SettlementTransaction?> FindAsync(SettlementReader reader, string id, ReadScope scope, CancellationToken cancel)
    {
        if (Domain.SettlementReference.IsValid(id))
            return reader.FindAsync(id, scope, cancel);
        return Guid.TryParseExact(id, "D", out var settlementId)
            ? reader.FindAsync(settlementId, scope, cancel)
            : Task.FromResult<SettlementTransaction?>(null);
    }
}

/// <summary>One settlement as callers see it. Money is a decimal string in major units, states are lower_snake, instants UTC.</summary>
public sealed record SettlementReply
{
    public required Guid SettlementId { get; init; }
    public required string Reference { get; init; }

    /// <summary>Id of the Temporal workflow, for the Web UI and the command line.</summary>
    public required string WorkflowId { get; init; }

    public required string Kind { get; init; }
    public required string Status { get; init; }
    public required DateTimeOffset StatusSince { get; init; }

    /// <summary>1 for the first attempt.</summary>
    public required int Attempt { get; init; }

    public required int RetryCount { get; init; }
    public required string EntityId { get; init; }
    public required string DebtorAccountId { get; init; }
    public required CreditorParty Creditor { get; init; }
    public required string Amount { get; init; }

    /// <summary>What the debtor pays on top.</summary>
    public required string Fee { get; init; }

    public required string Currency { get; init; }
    public string? Quantity { get; init; }
    public string? Price { get; init; }
    public string? Instrument { get; init; }
    public string? TradeId { get; init; }
    public string? Remittance { get; init; }

    /// <summary>For a return: the settlement whose money comes back.</summary>
    public Guid? ReturnsSettlementId { get; init; }

    public required string Rail { get; init; }
    public required IReadOnlyList<string> Calendars { get; init; }

    /// <summary>Adjusted by the cut-off; absent until validated.</summary>
    public DateOnly? TradeDate { get; init; }

    /// <summary>When it is to settle; absent until validated.</summary>
    public DateOnly? ValueDate { get; init; }

    public DateTimeOffset? OpensAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public required bool NeedsAttention { get; init; }
    public string? AttentionReason { get; init; }
    public string? AttentionOwner { get; init; }
    public DateTimeOffset? AttentionSince { get; init; }

    /// <summary>Why it did not go on, as one of a closed set of codes.</summary>
    public string? Failure { get; init; }

    public string? FailureMessage { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SettledAt { get; init; }

    public static SettlementReply Of(SettlementTransaction row) => new()
    {
        SettlementId = row.SettlementId,
        Reference = row.Reference,
        WorkflowId = SettlementReference.WorkflowId(row.Reference),
        Kind = UpperSnake.Lower(row.Kind),
        Status = UpperSnake.Lower(row.Status),
        StatusSince = row.StatusSince,
        Attempt = row.Attempt,
        RetryCount = row.Attempt - 1,
        EntityId = row.EntityId,
        DebtorAccountId = row.DebtorAccount,
        Creditor = new CreditorParty
        {
            Bank = row.BankId,
            Account = row.CreditorAccount,
            Name = row.CreditorName,
            Bic = row.CreditorBic,
            Country = row.CreditorCountry,
        },
        Amount = MoneyText.Of(row.AmountMinor, row.Currency),
        Fee = MoneyText.Of(row.FeeMinor, row.Currency),
        Currency = row.Currency,
        Quantity = MoneyText.Of(row.Quantity),
        Price = MoneyText.Of(row.Price),
        Instrument = row.Instrument,
        TradeId = row.TradeId,
        Remittance = row.Remittance,
        ReturnsSettlementId = row.ReturnsSettlementId,
        Rail = row.Rail,
        Calendars = row.CalendarCodes,
        TradeDate = row.TradeDate,
        ValueDate = row.ValueDate,
        OpensAt = row.OpensAt,
        DueAt = row.DueAt,
        NeedsAttention = row.NeedsAttention,
        AttentionReason = row.AttentionReason is { } reason ? UpperSnake.Lower(reason) : null,
        AttentionOwner = row.AttentionOwner,
        AttentionSince = row.AttentionSince,
        Failure = row.Failure is { } failure ? UpperSnake.Lower(failure) : null,
        FailureMessage = row.FailureMessage,
        CreatedBy = row.CreatedBy,
        CreatedAt = row.CreatedAsOf,
        SettledAt = row.SettledAt,
    };
}
