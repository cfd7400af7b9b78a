using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Why a transfer was posted.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<TransferKind>))]
public enum TransferKind
{
    Opening,
    Settlement,
    Suspense,
    Return,
    Correction,
}
