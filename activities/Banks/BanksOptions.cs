namespace Settlement.Activities.Banks;

/// <summary>All banks of this installation: the section <c>Banks</c>, one member per bank (environment: <c>Banks__NAME__BaseAddress</c>).</summary>
public sealed class BanksOptions
{
    public const string SectionName = "Banks";

    /// <summary>By bank name; case does not matter.</summary>
    public Dictionary<string, BankConnectionOptions> Banks { get; } = new(StringComparer.OrdinalIgnoreCase);
}
