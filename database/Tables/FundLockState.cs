using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>A lock is active, then ends exactly once.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<FundLockState>))]
public enum FundLockState
{
    Active,
    Posted,
    Voided,
    Expired,
}
