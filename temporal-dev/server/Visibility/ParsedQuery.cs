namespace Temporalio.DevServer.Visibility;

/// <summary>A list filter and the field that a count is grouped by, if any.</summary>
internal sealed record ParsedQuery(Filter Filter, SearchField? GroupBy);
