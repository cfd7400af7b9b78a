using Temporalio.Api.Enums.V1;

namespace Temporalio.DevServer.Visibility;

/// <summary>
/// A search attribute's value and the type it was written with. A value is only seen by filters while the attribute is still of that type.
/// </summary>
/// <param name="Type">Decides the value's type in .NET.</param>
/// <param name="Value">Keyword and Text: string; Int: long; Double: finite double; Bool: bool; Datetime: DateTimeOffset; KeywordList: IReadOnlyList of string.</param>
internal sealed record SearchAttributeValue(IndexedValueType Type, object Value);
