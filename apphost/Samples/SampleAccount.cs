namespace Settlement.AppHost.Samples;

/// <summary>An account in our books. Amounts are decimal strings in major units of <paramref name="Currency"/>.</summary>
/// <param name="Id">Name within the file; the run adds a suffix.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="OpeningBalance">Posted when it is opened.</param>
/// <param name="Name">Null: the id.</param>
/// <param name="Floor">Lowest balance that payments may leave.</param>
/// <param name="Status"><c>open</c>, <c>blocked</c> or <c>closed</c>.</param>
public sealed record SampleAccount(
    string Id, string Currency, string OpeningBalance, string? Name = null, string Floor = "0", string Status = "open");
