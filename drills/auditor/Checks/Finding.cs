namespace Settlement.Auditor.Checks;

/// <summary>One thing that does not fit.</summary>
/// <param name="Kind">What became of the money.</param>
/// <param name="What">One phrase.</param>
/// <param name="Evidence">Ids and figures that show it.</param>
internal sealed record Finding(FindingKind Kind, string What, string Evidence);
