using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>pacs.008 payment, camt.056 recall, pacs.004 return.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<InstructionKind>))]
public enum InstructionKind
{
    Payment,
    Recall,
    Return,
}
