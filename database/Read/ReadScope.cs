namespace Settlement.Database;

/// <summary>Whose rows a reader may see. Everything outside is as if it did not exist.</summary>
/// <param name="EntityId">Only this entity's rows; null: all (auditors, administrators, the system itself).</param>
public sealed record ReadScope(string? EntityId)
{
    public static readonly ReadScope All = new((string?)null);

    public static ReadScope Of(string entityId) => new(entityId);
}
