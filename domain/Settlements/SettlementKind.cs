using System.Text.Json.Serialization;

namespace Settlement.Domain;

/// <summary>What is settled. Each kind has its own transitions, see <see cref="SettlementTransitions"/>.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<SettlementKind>))]
public enum SettlementKind
{
    /// <summary>A payment between banks, due now or on its value date.</summary>
    Cash,
    /// <summary>Quantity times price, due on T+n.</summary>
    Purchase,
    /// <summary>Securities against cash.</summary>
    Dvp,
}
