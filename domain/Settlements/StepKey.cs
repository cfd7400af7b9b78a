using System.Globalization;

namespace Settlement.Domain;

/// <summary>
/// The idempotency key of everything that changes state: <c>{settlement}/{attempt}/{step}</c> (MONEY.md). A technical
/// repeat has the same key and gets the first result; an operator's retry raises <see cref="Attempt"/>.
/// </summary>
/// <param name="SettlementId">UUIDv7 of the settlement.</param>
/// <param name="Attempt">1 for the first attempt.</param>
/// <param name="Step">Which step of the attempt.</param>
public sealed record StepKey(Guid SettlementId, int Attempt, StepName Step)
{
    public int Attempt { get; } = Attempt >= 1
        ? Attempt
        : throw new ArgumentOutOfRangeException(nameof(Attempt), Attempt, "Attempts count from 1.");

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{SettlementId:D}/{Attempt}/{Step.Text}");

    /// <summary>Reads the text form back.</summary>
    /// <exception cref="FormatException">The text has another shape.</exception>
    public static StepKey Parse(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 3
            && Guid.TryParseExact(parts[0], "D", out var id)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            && attempt >= 1
            && StepName.IsValid(parts[2])
                ? new StepKey(id, attempt, new StepName(parts[2]))
                : throw new FormatException($"'{text}' is no step key of the shape settlement/attempt/step.");
    }
}
