namespace Settlement.StarterApi.Options;

/// <summary>Banks that may push messages: section <c>Banks</c>, one child per bank id.</summary>
public sealed class BankOptions
{
    public const string SectionName = "Banks";

    /// <summary>Shortest secret that is taken.</summary>
    public const int MinSecretLength = 16;

    /// <summary>
    /// Shared secret of each bank's message signature, by bank id: <c>Banks:MessageSecrets:{bank}</c>, environment
    /// <c>Banks__MessageSecrets__{bank}</c>, or all at once in <c>BANK_MESSAGE_SECRETS</c> (<c>bank=secret;bank=secret</c>). A bank without one cannot push; its outcomes are asked for instead.
    /// </summary>
    public Dictionary<string, string> MessageSecrets { get; } = new(StringComparer.Ordinal);

    /// <summary>How far a message's time of sending may lie from our clock, in seconds.</summary>
    public int SignatureToleranceSeconds { get; set; } = 300;
}
