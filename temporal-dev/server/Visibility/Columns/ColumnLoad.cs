namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>One load of a <see cref="ColumnIndex"/>: rows as the store has them at some moment after it was asked for.</summary>
internal sealed class ColumnLoad(ColumnIndex index)
{
    /// <summary>Gets what was loaded, by namespace.</summary>
    public Dictionary<string, NamespaceRows> Rows { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes a row; each run once.</summary>
    /// <returns>False where the rows are more than may be kept: there is no use in going on.</returns>
    public bool Add(VisibilityRow row)
    {
        var id = row.Run.NamespaceId;
        if (!Rows.TryGetValue(id, out var space))
            Rows.Add(id, space = new NamespaceRows(id));
        space.Put(row, isNew: true);
        return Rows.Values.Sum(r => r.Bytes) <= index.MaxBytes;
    }

    /// <summary>All rows are in: the index may answer.</summary>
    public void Complete() => index.Complete(this);
}
