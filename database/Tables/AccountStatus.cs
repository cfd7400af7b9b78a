using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Whether an account can be used.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<AccountStatus>))]
public enum AccountStatus
{
    Open,
    Blocked,
    Closed,
}
