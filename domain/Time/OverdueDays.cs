namespace Settlement.Domain;

/// <summary>Business days past the due date's cut-off at which a settlement is overdue and critically overdue (T6).</summary>
public sealed record OverdueDays(int Warning = 1, int Critical = 3);
