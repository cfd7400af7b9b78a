using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Settlement.BankSimulator;

/// <summary>Checks the form of what callers send; each method returns the first fault, or null.</summary>
internal static partial class Forms
{
    public static string? Fault(PaymentInstruction form, out PaymentInstruction checkedForm)
    {
        checkedForm = form;
        var fault = UetrFault(form.Uetr)
            ?? IdFault("message_id", form.MessageId)
            ?? IdFault("end_to_end_id", form.EndToEndId)
            ?? AccountFault("debtor_account", form.DebtorAccount)
            ?? AccountFault("creditor_account", form.CreditorAccount)
            ?? (form.DebtorAccount == form.CreditorAccount ? "debtor_account and creditor_account are the same." : null)
            ?? AmountFault(form.Amount, form.Currency, out _);
        if (fault is null && CurrencyRules.TryParse(form.Amount, form.Currency, allowSign: false, out var amount))
            checkedForm = form with { Amount = CurrencyRules.Format(amount, form.Currency) };
        return fault;
    }

    public static string? Fault(ReturnRequest form, out decimal amount)
    {
        amount = 0;
        return UetrFault(form.Uetr) ?? UetrFault(form.OriginalUetr) ?? ReasonFault(form.ReasonCode) ?? AmountFault(form.Amount, form.Currency, out amount);
    }

    public static string? Fault(RecallRequest form) => IdFault("recall_id", form.RecallId) ?? ReasonFault(form.ReasonCode);

    public static string? Fault(AccountOpening form, out decimal opening, out decimal? floor)
    {
        opening = 0;
        floor = null;
        var fault = AccountFault("account", form.Account);
        if (fault is null && !CurrencyRules.IsCode(form.Currency))
            fault = "currency must be three capital letters.";
        if (fault is null && form.OpeningBalance is not null && !CurrencyRules.TryParse(form.OpeningBalance, form.Currency, allowSign: true, out opening))
            fault = "opening_balance is not an amount of its currency.";
        if (fault is not null || form.Floor is null)
            return fault;
        if (!CurrencyRules.TryParse(form.Floor, form.Currency, allowSign: true, out var parsed))
            return "floor is not an amount of its currency.";
        floor = parsed;
        return null;
    }

    public static string? Fault(BankScript script)
    {
        if (script.Match.Count() > 1)
            return "match must have one member, or none for the default.";
        if (script.Steps.Count is 0 or > 100)
            return "steps must have 1 to 100 members.";
        foreach (var step in script.Steps)
        {
            // The serializer checks members for null, but not the elements of lists.
            if (step is null)
                return "steps must not hold null.";
            var results = new List<ValidationResult>();
            if (!Validator.TryValidateObject(step, new ValidationContext(step), results, validateAllProperties: true))
                return results[0].ErrorMessage;
            if (step.Confirmation is { } confirmation
                && !Validator.TryValidateObject(confirmation, new ValidationContext(confirmation), results, validateAllProperties: true))
            {
                return results[0].ErrorMessage;
            }
        }

        return script.Match switch
        {
            { Uetr: { } uetr } => UetrFault(uetr),
            { EndToEndId: { } id } => IdFault("match.end_to_end_id", id),
            { CreditorAccount: { } account } => AccountFault("match.creditor_account", account),
            _ => null,
        };
    }

    public static string? UetrFault(string uetr) => UetrPattern().IsMatch(uetr) ? null : "A uetr must be a lower-case UUID version 4.";

    public static string? ReasonFault(string? code) => code is null || ReasonPattern().IsMatch(code) ? null : "reason_code must be four capital letters or digits.";

    private static string? IdFault(string name, string value) =>
        IdPattern().IsMatch(value) ? null : name + " must be 1 to 35 characters of the ISO 20022 reference set.";

    private static string? AccountFault(string name, string value) =>
        AccountPattern().IsMatch(value) ? null : name + " must be 1 to 34 characters of the ISO 20022 reference set.";

    private static string? AmountFault(string text, string currency, out decimal amount)
    {
        amount = 0;
        if (!CurrencyRules.IsCode(currency))
            return "currency must be three capital letters.";
        return CurrencyRules.TryParse(text, currency, allowSign: false, out amount) && amount > 0
            ? null
            : "amount must be a positive decimal string with at most the currency's decimals and 15 digits before the point.";
    }

    [GeneratedRegex(@"\A[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\z")]
    private static partial Regex UetrPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9/?:().,'+ _-]{1,35}\z")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9/?:().,'+ _-]{1,34}\z")]
    private static partial Regex AccountPattern();

    [GeneratedRegex(@"\A[A-Z0-9]{4}\z")]
    private static partial Regex ReasonPattern();
}
