namespace Temporalio.Common;

/// <summary>A metric that values can be recorded on.</summary>
/// <typeparam name="T">Type of the values.</typeparam>
public abstract class Metric<T>
    where T : struct
{
    /// <summary>Initializes a new instance of the <see cref="Metric{T}"/> class.</summary>
    /// <param name="name">Name.</param>
    /// <param name="unit">Unit, or null.</param>
    /// <param name="description">Description, or null.</param>
    private protected Metric(string name, string? unit, string? description)
    {
        Name = name;
        Unit = unit;
        Description = description;
    }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets the unit, or null.</summary>
    public string? Unit { get; }

    /// <summary>Gets the description, or null.</summary>
    public string? Description { get; }
}
