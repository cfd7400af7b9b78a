namespace Temporalio.DevServer.Visibility;

/// <summary>Makes a page of rows that were read one more than asked for.</summary>
internal static class VisibilityPages
{
    public static VisibilityPage Cut(List<VisibilityRow> rows, int pageSize) => rows.Count <= pageSize
        ? new VisibilityPage(rows, null)
        : new VisibilityPage(rows.GetRange(0, pageSize), PageToken.After(rows[pageSize - 1]).ToBytes());
}
