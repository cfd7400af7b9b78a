namespace Settlement.StarterApi.Endpoints;

/// <summary>A list, or one page of it.</summary>
/// <typeparam name="T">The item.</typeparam>
/// <param name="Data">The items.</param>
/// <param name="NextCursor">Hand it in as <c>cursor</c> for the next page; absent on the last.</param>
public sealed record ListReply<T>(IReadOnlyList<T> Data, string? NextCursor = null);
