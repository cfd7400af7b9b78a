namespace Settlement.BankSimulator.Scripts;

/// <summary>Which payments a script is for: exactly one member, or none for the default of all payments.</summary>
public sealed record ScriptMatch(string? Uetr = null, string? EndToEndId = null, string? CreditorAccount = null)
{
    /// <summary>Key in the bank's script book; the most specific kind that is set wins.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Key => Uetr is not null ? UetrKey(Uetr)
        : EndToEndId is not null ? EndToEndKey(EndToEndId)
        : CreditorAccount is not null ? CreditorKey(CreditorAccount)
        : DefaultKey;

    /// <summary>How many members are set.</summary>
    public int Count() => (Uetr is null ? 0 : 1) + (EndToEndId is null ? 0 : 1) + (CreditorAccount is null ? 0 : 1);

    internal const string DefaultKey = "default";

    internal static string UetrKey(string uetr) => "uetr:" + uetr;

    internal static string EndToEndKey(string id) => "e2e:" + id;

    internal static string CreditorKey(string account) => "creditor:" + account;
}
