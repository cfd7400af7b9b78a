namespace Temporalio.DevServer.Visibility;

/// <summary>A filter within one namespace.</summary>
internal sealed record VisibilityQuery(string NamespaceId, Filter Filter)
{
    private static readonly SearchField Division = SystemFields.Predefined[SystemFields.NamespaceDivision];

    /// <summary>As the real server does: what the server keeps for itself in a division is seen only by those who ask for a division.</summary>
    public static VisibilityQuery OfUsers(string namespaceId, Filter filter) =>
        new(namespaceId, Mentions(filter, Division) ? filter : new Filter.And(filter, new Filter.IsNull(Division)));

    private static bool Mentions(Filter filter, SearchField field) => filter switch
    {
        Filter.And both => Mentions(both.Left, field) || Mentions(both.Right, field),
        Filter.Or either => Mentions(either.Left, field) || Mentions(either.Right, field),
        Filter.Not not => Mentions(not.Inner, field),
        Filter.Comparison comparison => comparison.Field.Name == field.Name,
        Filter.Between between => between.Field.Name == field.Name,
        Filter.In @in => @in.Field.Name == field.Name,
        Filter.IsNull isNull => isNull.Field.Name == field.Name,
        Filter.StartsWith prefix => prefix.Field.Name == field.Name,
        _ => false,
    };
}
