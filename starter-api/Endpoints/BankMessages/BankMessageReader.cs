namespace Settlement.StarterApi.Endpoints.BankMessages;

/// <summary>Translates a bank's words into ours. What it cannot translate is refused, so that the bank sends it again and people see it.</summary>
public static class BankMessageReader
{
    /// <summary>The message for the workflow; null, with reasons, when a member is wrong.</summary>
    public static BankMessage? Read(BankMessageBody body, FieldErrors errors)
    {
        errors.RequireIdentifier("/message_id", body.MessageId);
        if (!Uetr.TryParse(body.Uetr, out var uetr))
            errors.Add("/uetr", "must be a UUID of version 4 in lower case");
        var status = Status(body.MessageType, body.Status);
        if (status is null)
            errors.Add("/status", "is no status of this message_type");
        var amount = Amount(body, errors);
        if (body.ReasonCode is { } reason)
            errors.RequireIdentifier("/reason_code", reason, 35);
        if (body.BankReference is { } reference)
            errors.RequireBankText("/bank_reference", reference, 35);
        if (errors.Any)
            return null;
        return new BankMessage
        {
            MessageId = body.MessageId!,
            Uetr = uetr.ToString(),
            Status = status!.Value,
            AmountMinor = amount?.AmountMinor,
            Currency = amount?.Currency.Code,
            ReasonCode = body.ReasonCode,
            BankReference = body.BankReference,
            At = body.OccurredAt,
        };
    }

    // The code sets are ISO 20022's ExternalPaymentTransactionStatus1Code and ExternalInvestigationExecutionConfirmation1Code.
    private static BankMessageStatus? Status(string? type, string? code) => (type, code) switch
    {
        ("pacs.002", "ACTC" or "ACCP" or "ACSP" or "PDNG" or "RCVD" or "ACWC") => BankMessageStatus.Accepted,
        ("pacs.002", "ACSC" or "ACCC") => BankMessageStatus.Settled,
        ("pacs.002", "RJCT") => BankMessageStatus.Rejected,
        ("pacs.002", "CANC") => BankMessageStatus.Recalled,
        ("camt.054", "BOOK" or "ACSC") => BankMessageStatus.Settled,
        ("camt.029", "CNCL") => BankMessageStatus.Recalled,
        ("camt.029", "RJCR") => BankMessageStatus.RecallRefused,
        ("pacs.004", _) => BankMessageStatus.Returned,
        _ => null,
    };

    private static Money? Amount(BankMessageBody body, FieldErrors errors)
    {
        if (body.BookedAmount is null)
            return null;
        if (Currency.TryGet(body.Currency, out var currency) && Money.TryParse(body.BookedAmount, currency, out var amount, out _))
            return amount;
        errors.Add("/booked_amount", "must be a decimal string with a currency of ISO 4217 and no more decimals than it has");
        return null;
    }
}
