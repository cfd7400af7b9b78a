namespace Settlement.Workflows.Contracts;

/// <summary>Stable error types of refused actions, besides <see cref="Domain.SettlementFailure"/>.</summary>
public static class OperatorRefusals
{
    /// <summary>The update is well formed, but makes no sense in the present state; the message says why.</summary>
    public const string NotNow = "NotNow";

    /// <summary>A field is missing or too long; the message names it.</summary>
    public const string InvalidInput = "InvalidInput";

    /// <summary>It says that it comes from the API, and does not carry the API's signature.</summary>
    public const string NotFromTheApi = "NotFromTheApi";
}
