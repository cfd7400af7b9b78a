namespace Settlement.BankSimulator.Contracts;

/// <summary>A page of a list in booking order. <paramref name="NextAfter"/> is the next page's <c>after</c>, null on the last page.</summary>
public sealed record Page<T>(IReadOnlyList<T> Data, long? NextAfter);
