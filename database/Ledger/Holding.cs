namespace Settlement.Database;

/// <summary>What a custody account holds of one instrument.</summary>
/// <param name="Instrument">Which.</param>
/// <param name="Quantity">Units, up to 8 decimals.</param>
public sealed record Holding(string Instrument, decimal Quantity);
