namespace Temporalio.DevServer.Visibility;

/// <summary>Rows of a listing, and the token for those after them (null at the end).</summary>
internal sealed record VisibilityPage(IReadOnlyList<VisibilityRow> Rows, byte[]? NextPageToken);
