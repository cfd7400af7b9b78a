namespace Temporalio.Worker.Tuning;

/// <summary>The right to run one task, handed out by a slot supplier and given back to it.</summary>
public class SlotPermit
{
    /// <summary>Initializes a new instance of the <see cref="SlotPermit"/> class without data.</summary>
    public SlotPermit()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SlotPermit"/> class.</summary>
    /// <param name="data">Whatever the supplier wants to find again when the permit comes back.</param>
    public SlotPermit(object data) => UserData = data;

    /// <summary>Gets the supplier's own data.</summary>
    public object? UserData { get; init; }
}
