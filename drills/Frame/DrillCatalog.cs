using Settlement.AppHost.Processes;

namespace Settlement.Drills.Frame;

/// <summary>Every drill by its name.</summary>
internal static class DrillCatalog
{
    public static IReadOnlyList<IDrill> All { get; } =
    [
    ];

    /// <exception cref="UserErrorException">There is none of that name.</exception>
    public static IDrill Named(string name) =>
        All.FirstOrDefault(drill => drill.Name == name)
        ?? throw new UserErrorException($"No drill called '{name}'. There are: {string.Join(", ", All.Select(drill => drill.Name))}");
}
