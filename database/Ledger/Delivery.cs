namespace Settlement.Database;

/// <summary>One leg of a transfer in securities: a positive quantity is received, a negative one delivered.</summary>
/// <param name="AccountId">A custody account.</param>
/// <param name="Instrument">What is delivered, for example an ISIN.</param>
/// <param name="Quantity">Units, up to 8 decimals.</param>
public sealed record Delivery(Guid AccountId, string Instrument, decimal Quantity);
