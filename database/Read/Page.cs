namespace Settlement.Database;

/// <summary>One page of a list, newest first.</summary>
/// <param name="Items">At most as many as asked for.</param>
/// <param name="NextCursor">To be handed in for the next page; null: this was the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>The longest page (API.md).</summary>
    public const int MaxLimit = 200;
}
