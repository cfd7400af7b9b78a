using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>What an account is for.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<AccountKind>))]
public enum AccountKind
{
    Nostro,
    Vostro,
    Customer,
    Suspense,
    Fee,
    Opening,
    Custody,
    /// <summary>The environment's position in one currency: where the two sides of an exchange meet.</summary>
    FxPosition,
}
