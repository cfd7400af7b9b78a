namespace Settlement.Domain;

/// <summary>Text forms of <see cref="SettlementFailure"/>.</summary>
public static class SettlementFailures
{
    /// <summary>The stable error type carried by application failures in Temporal: the member's own name.</summary>
    public static string ErrorType(this SettlementFailure failure) => failure.ToString();

    /// <summary>The stored form, for example <c>INSUFFICIENT_FUNDS</c>.</summary>
    public static string ToCode(this SettlementFailure failure) => UpperSnake.Of(failure);

    /// <summary>Reads an error type or a stored code back.</summary>
    public static bool TryParse(string? text, out SettlementFailure failure) => UpperSnake.TryParse(text, out failure);
}
