using System.Text.Json;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;

namespace Settlement.Activities.Returns;

/// <summary>Makes a return of a settled payment: the same accounts, bank, rail and amount, and the link to the original.</summary>
public static class ReturnTerms
{
    /// <summary>Terms and workflow input of a new return.</summary>
    /// <param name="original">The settled payment.</param>
    /// <param name="uetr">Of its executed instruction.</param>
    /// <param name="messageId">The bank's message that says the money is back; null: it is to be asked for.</param>
    /// <param name="actor">Who begins it.</param>
    /// <param name="asOf">Business time.</param>
    public static NewSettlement Of(SettlementTransaction original, Guid uetr, string? messageId, Actor actor, DateTimeOffset asOf)
    {
        // To the microsecond, as PostgreSQL keeps it, so that the row and the workflow's input name the same instant.
        asOf = asOf.AddTicks(-(asOf.Ticks % TimeSpan.TicksPerMicrosecond));
        var amount = new Money(original.AmountMinor, Currency.Of(original.Currency));
        var request = new SettlementRequest
        {
            SettlementId = Guid.CreateVersion7(asOf),
            Reference = SettlementReference.New(DateOnly.FromDateTime(asOf.UtcDateTime)),
            Kind = SettlementKind.Cash,
            EntityId = original.EntityId,
            DebtorAccountId = original.DebtorAccount,
            Bank = original.BankId,
            Currency = original.Currency,
            AmountMinor = original.AmountMinor,
            StartedBy = actor.Name,
            RequestedAt = asOf,
            Calendars = original.CalendarCodes,
            Rail = original.Rail,
            ReturnOf = new ReturnOf
            {
                SettlementId = original.SettlementId, Reference = original.Reference, Uetr = Uetr.From(uetr).ToString(), MessageId = messageId,
            },
            Timings = JsonSerializer.Deserialize<SettlementRequest>(original.WorkflowInput)?.Timings ?? new SettlementTimings(),
        };
        return new NewSettlement
        {
            SettlementId = request.SettlementId,
            Reference = request.Reference,
            Kind = request.Kind,
            EntityId = request.EntityId,
            DebtorAccount = request.DebtorAccountId,
            Amount = amount,
            BankId = request.Bank,
            Rail = original.Rail,
            CalendarCodes = original.CalendarCodes,
            CreditorName = original.CreditorName,
            CreditorAccount = original.CreditorAccount,
            CreditorBic = original.CreditorBic,
            CreditorCountry = original.CreditorCountry,
            Remittance = $"Return of {original.Reference}",
            ReturnsSettlementId = original.SettlementId,
            CreatedBy = actor,
            CreatedAsOf = asOf,
            WorkflowInputJson = JsonSerializer.Serialize(request),
        };
    }

    /// <summary>What a row's workflow input says of a return; null for a payment.</summary>
    public static ReturnOf? Of(SettlementTransaction settlement) =>
        settlement.ReturnsSettlementId is null ? null : JsonSerializer.Deserialize<SettlementRequest>(settlement.WorkflowInput)?.ReturnOf;
}
