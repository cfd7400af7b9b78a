using System.Globalization;
using System.Text.RegularExpressions;
using Settlement.Domain;
using Settlement.StarterApi.Options;

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
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);
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
