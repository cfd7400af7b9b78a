using System.Globalization;
using System.Text.RegularExpressions;

namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>
/// Checks what can be checked without looking anything up: forms, bounds, exponents, sums. Rules of the business (limits, windows,
/// cover, screening) belong to the workflow's validate step, where their refusal is on record.
/// </summary>
public static partial class SettlementShape
{
    private const int MaxCalendars = 8;

    /// <summary>Null, with reasons in <paramref name="errors"/>, when the shape is wrong.</summary>
    public static SettlementDraft? Read(CreateSettlementRequest request, SettlementOptions options, FieldErrors errors)
    {
        var kind = ReadKind(request.Kind, errors);
        ReadParties(request, errors);
        ReadPlace(request, errors);
        var (quantity, price) = ReadPurchase(request, kind, errors);
        var amount = ReadAmount(request, kind, quantity, price, errors);
        var timings = RequestTimeouts.Overlay(request.Timeouts, options, errors);
        return errors.Any || kind is null || amount is null ? null : new SettlementDraft(kind.Value, amount, quantity, price, timings, request);
    }

    private static SettlementKind? ReadKind(string text, FieldErrors errors)
    {
        // Exactly the interface's words: "Cash" or "CASH" would be another body with the same meaning.
        SettlementKind? kind = text switch { "cash" => SettlementKind.Cash, "purchase" => SettlementKind.Purchase, _ => null };
        if (kind is null)
            errors.Add("/kind", "must be cash or purchase");
        return kind;
    }

    private static void ReadParties(CreateSettlementRequest request, FieldErrors errors)
    {
        errors.RequireIdentifier("/debtor_account_id", request.DebtorAccountId);
        errors.RequireIdentifier("/creditor/bank", request.Creditor.Bank);
        errors.RequireBankText("/creditor/account", request.Creditor.Account, 34);
        errors.RequireProse("/creditor/name", request.Creditor.Name, 140);
        if (request.Creditor.Bic is { } bic && !Bic().IsMatch(bic))
            errors.Add("/creditor/bic", "must be a BIC of 8 or 11 characters in capitals");
        if (request.Creditor.Country is { } country && !Country().IsMatch(country))
            errors.Add("/creditor/country", "must be an ISO 3166-1 code of two capitals");
        if (request.Remittance is { } remittance)
            errors.RequireBankText("/remittance", remittance, 140);
    }

    private static void ReadPlace(CreateSettlementRequest request, FieldErrors errors)
    {
        if (request.Rail is { } rail)
            errors.RequireIdentifier("/rail", rail, 32);
        if (request.ValueDate < request.TradeDate)
            errors.Add("/value_date", "must not lie before trade_date");
        if (request.Calendars is not { } calendars)
            return;
        if (calendars.Count is 0 or > MaxCalendars)
            errors.Add("/calendars", $"must name 1 to {MaxCalendars} calendars");
        else if (calendars.Distinct(StringComparer.Ordinal).Count() != calendars.Count)
            errors.Add("/calendars", "must not name a calendar twice");
        for (var i = 0; i < Math.Min(calendars.Count, MaxCalendars); i++)
            errors.RequireIdentifier(string.Create(CultureInfo.InvariantCulture, $"/calendars/{i}"), calendars[i]);
    }

    private static (decimal? Quantity, decimal? Price) ReadPurchase(CreateSettlementRequest request, SettlementKind? kind, FieldErrors errors)
    {
        if (kind == SettlementKind.Purchase)
        {
            errors.RequireIdentifier("/instrument", request.Instrument);
            if (request.TradeId is { } trade)
                errors.RequireIdentifier("/trade_id", trade);
            return (ReadDecimal("/quantity", request.Quantity, errors), ReadDecimal("/price", request.Price, errors));
        }

        foreach (var (place, value) in new[]
        {
            ("/instrument", request.Instrument), ("/trade_id", request.TradeId), ("/quantity", request.Quantity), ("/price", request.Price),
        })
        {
            if (value is not null && kind is not null)
                errors.Add(place, "is for a purchase only");
        }

        return (null, null);
    }

    private static decimal? ReadDecimal(string place, string? text, FieldErrors errors)
    {
        if (text is null || !PlainDecimal().IsMatch(text))
        {
            errors.Add(place, "must be a decimal string with at most 12 digits before and 8 after the point, such as \"12.5\"");
            return null;
        }

        var value = decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        if (value > 0)
            return value;
        errors.Add(place, "must be greater than zero");
        return null;
    }

    private static Money? ReadAmount(CreateSettlementRequest request, SettlementKind? kind, decimal? quantity, decimal? price, FieldErrors errors)
    {
        if (!Currency.TryGet(request.Currency, out var currency))
        {
            errors.Add("/currency", "must be an active ISO 4217 code in capitals");
            return null;
        }

        var stated = request.Amount is null ? null : ReadMoney(request.Amount, currency, errors);
        if (kind != SettlementKind.Purchase)
        {
            if (request.Amount is null)
                errors.Add("/amount", "is required");
            return stated;
        }

        return quantity is null || price is null ? null : Product(quantity.Value, price.Value, currency, stated, errors);
    }

    private static Money? ReadMoney(string text, Currency currency, FieldErrors errors)
    {
        if (!Money.TryParse(text, currency, out var money, out var failure))
        {
            errors.Add("/amount", failure switch
            {
                SettlementFailure.CurrencyExponent => $"must have at most {currency.Exponent} decimals, as {currency.Code} has",
                SettlementFailure.AmountTooLarge => "is larger than the system can hold",
                _ => "must be a decimal string in major units, such as \"7524.00\"",
            });
            return null;
        }

        if (money.IsPositive)
            return money;
        errors.Add("/amount", "must be greater than zero");
        return null;
    }

    private static Money? Product(decimal quantity, decimal price, Currency currency, Money? stated, FieldErrors errors)
    {
        try
        {
            var product = Money.ForPurchase(quantity, price, currency);
            if (stated is null || stated == product)
                return product;
            errors.Add("/amount", $"must equal quantity times price, {product}, or be left out");
        }
        catch (SettlementException wrong)
        {
            errors.Add("/price", wrong.Message);
        }

        return null;
    }

    [GeneratedRegex(@"\A[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?\z")]
    private static partial Regex Bic();

    [GeneratedRegex(@"\A[A-Z]{2}\z")]
    private static partial Regex Country();

    [GeneratedRegex(@"\A(0|[1-9][0-9]{0,11})(\.[0-9]{1,8})?\z")]
    private static partial Regex PlainDecimal();
}

/// <summary>A request that has the right shape: parsed, bounded, and not yet compared with accounts or calendars.</summary>
/// <param name="Kind">Cash or purchase.</param>
/// <param name="Amount">Positive.</param>
/// <param name="Quantity">Of a purchase, else null.</param>
/// <param name="Price">Of a purchase, per unit, else null.</param>
/// <param name="Timings">Configuration overlaid with the request's own timeouts.</param>
/// <param name="Source">The request as it came.</param>
public sealed record SettlementDraft(
    SettlementKind Kind,
    Money Amount,
    decimal? Quantity,
    decimal? Price,
    SettlementTimings Timings,
    CreateSettlementRequest Source);

/// <summary>Lays a request's own timeouts over the configured ones, within bounds that keep a settlement from spinning or sleeping for ever.</summary>
public static class RequestTimeouts
{
    private const double Shortest = 0.05;
    private const double Longest = 30 * 24 * 3600;
    private const int MostAttempts = 20;

    public static SettlementTimings Overlay(SettlementTimeouts? own, SettlementOptions options, FieldErrors errors)
    {
        var timings = options.Timings;
        if (own is null)
            return timings;
        if (!options.AllowRequestTimeouts)
        {
            errors.Add("/timeouts", "is not taken here");
            return timings;
        }

        return timings with
        {
            ConfirmationTimeoutSeconds = Seconds("confirmation_timeout_seconds", own.ConfirmationTimeoutSeconds, timings.ConfirmationTimeoutSeconds, errors),
            BankCallTimeoutSeconds = Seconds("bank_call_timeout_seconds", own.BankCallTimeoutSeconds, timings.BankCallTimeoutSeconds, errors),
            FirstEnquirySeconds = Seconds("first_enquiry_seconds", own.FirstEnquirySeconds, timings.FirstEnquirySeconds, errors),
            MaxEnquiryIntervalSeconds = Seconds("max_enquiry_interval_seconds", own.MaxEnquiryIntervalSeconds, timings.MaxEnquiryIntervalSeconds, errors),
            OutcomeDeadlineSeconds = Seconds("outcome_deadline_seconds", own.OutcomeDeadlineSeconds, timings.OutcomeDeadlineSeconds, errors),
            RetryDelaySeconds = Seconds("retry_delay_seconds", own.RetryDelaySeconds, timings.RetryDelaySeconds, errors),
            AwaitingRetrySeconds = Seconds("awaiting_retry_seconds", own.AwaitingRetrySeconds, timings.AwaitingRetrySeconds, errors),
            ApprovalTimeoutSeconds = Seconds("approval_timeout_seconds", own.ApprovalTimeoutSeconds, timings.ApprovalTimeoutSeconds, errors),
            CompensationBackoffSeconds = Seconds("compensation_backoff_seconds", own.CompensationBackoffSeconds, timings.CompensationBackoffSeconds, errors),
            MaxCompensationBackoffSeconds = Seconds("max_compensation_backoff_seconds", own.MaxCompensationBackoffSeconds, timings.MaxCompensationBackoffSeconds, errors),
            RetryAttempts = Attempts(own.RetryAttempts, timings.RetryAttempts, errors),
        };
    }

    private static double Seconds(string name, double? own, double configured, FieldErrors errors)
    {
        if (own is null)
            return configured;
        if (own is >= Shortest and <= Longest)
            return own.Value;
        errors.Add("/timeouts/" + name, FormattableString.Invariant($"must be between {Shortest} and {Longest}"));
        return configured;
    }

    private static int Attempts(int? own, int configured, FieldErrors errors)
    {
        if (own is null)
            return configured;
        if (own is >= 0 and <= MostAttempts)
            return own.Value;
        errors.Add("/timeouts/retry_attempts", FormattableString.Invariant($"must be between 0 and {MostAttempts}"));
        return configured;
    }
}
