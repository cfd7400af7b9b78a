namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>The values of one field in a segment's rows. Never changed once made.</summary>
internal abstract class Column
{
    /// <summary>Gets how much memory it takes, roughly.</summary>
    public abstract long Bytes { get; }

    /// <summary>The value of a row as <see cref="VisibilityRow.Value"/> gave it, or null.</summary>
    public abstract object? Value(int row);

    /// <summary>Adds the rows that match to a set that is empty.</summary>
    public abstract void Match(LeafTest test, RowSet found);
}
