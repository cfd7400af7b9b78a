using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Settlement.Auditor;

/// <summary>
/// Reads the bank's journal as it lies on disk: one fact a line, eight hex digits and a space before its JSON. A last line without its
/// end is what a crash tore off; nobody was told of it.
/// </summary>
internal static class BankJournal
{
    private const int PrefixLength = 9;

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">A line is none of the bank's.</exception>
    public static BankRecords Read(string file)
    {
        var payments = new Dictionary<Guid, BankPayment>();
        var text = File.ReadAllText(file, Encoding.UTF8);
        var number = 0;
        foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            number++;
            if (line.Length <= PrefixLength || line[PrefixLength - 1] != ' ')
                throw new FormatException($"line {number} of the journal is none of the bank's");
            using var fact = JsonDocument.Parse(line.AsMemory(PrefixLength));
            Apply(fact.RootElement, payments);
        }

        return new BankRecords(payments);
    }

    private static void Apply(JsonElement fact, Dictionary<Guid, BankPayment> payments)
    {
        switch (Text(fact, "fact"))
        {
            case "payment_received":
                var payment = Payment(fact.GetProperty("instruction"));
                if (!payments.TryAdd(payment.Uetr, payment))
                    throw new FormatException($"the bank received {payment.Uetr} twice");
                break;
            case "payment_decided" when Text(fact, "status") == "ACSC":
                payments[Id(fact, "uetr")].Executions++;
                break;
            case "recall_answered" when fact.GetProperty("gives_back").GetBoolean():
                var recalled = payments[Id(fact.GetProperty("report"), "uetr")];
                recalled.ReturnedMinor = recalled.Executions * recalled.AmountMinor;
                break;
            case "return_booked":
                var report = fact.GetProperty("report");
                var original = payments[Id(report, "original_uetr")];
                original.ReturnedMinor += MinorUnits.Parse(Text(report, "amount"), original.Currency);
                break;
        }
    }

    private static BankPayment Payment(JsonElement instruction)
    {
        var currency = Text(instruction, "currency");
        return new BankPayment(
            Id(instruction, "uetr"),
            Text(instruction, "end_to_end_id"),
            currency,
            MinorUnits.Parse(Text(instruction, "amount"), currency),
            Text(instruction, "debtor_account"),
            Text(instruction, "creditor_account"));
    }

    private static Guid Id(JsonElement element, string name) => Guid.Parse(Text(element, name));

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"a fact of the journal has no {name}");
}

/// <summary>The bank's side, rebuilt from its journal.</summary>
/// <param name="Payments">By UETR.</param>
internal sealed record BankRecords(IReadOnlyDictionary<Guid, BankPayment> Payments);

/// <summary>One payment as the bank's journal tells it.</summary>
/// <param name="Uetr">Which.</param>
/// <param name="EndToEndId">The sender's reference.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="AmountMinor">Minor units.</param>
/// <param name="DebtorAccount">Whose account paid.</param>
/// <param name="CreditorAccount">Whose account received.</param>
internal sealed record BankPayment(Guid Uetr, string EndToEndId, string Currency, long AmountMinor, string DebtorAccount, string CreditorAccount)
{
    /// <summary>How often the journal says that money moved.</summary>
    public int Executions { get; set; }

    /// <summary>What went back since, minor units.</summary>
    public long ReturnedMinor { get; set; }

    /// <summary>What the bank keeps of it, minor units.</summary>
    public long KeptMinor => (Executions * AmountMinor) - ReturnedMinor;
}

/// <summary>Decimal strings in minor units, by ISO 4217 exponent. A table of its own: a wrong exponent in the system must not repeat here.</summary>
internal static class MinorUnits
{
    private static readonly HashSet<string> NoDecimals = ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];
    private static readonly HashSet<string> ThreeDecimals = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    /// <exception cref="FormatException">It is no amount, or has more decimals than the currency.</exception>
    public static long Parse(string amount, string currency)
    {
        var minor = decimal.Parse(amount, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) * Factor(currency);
        return minor == decimal.Truncate(minor) ? (long)minor : throw new FormatException($"{amount} has more decimals than {currency}.");
    }

    private static int Factor(string currency) => NoDecimals.Contains(currency) ? 1 : ThreeDecimals.Contains(currency) ? 1000 : 100;
}
