namespace NexusRpc.Handlers;

/// <summary>Stands for the absent argument or result of an operation.</summary>
public readonly record struct NoValue
{
    /// <summary>Whether a type says that there is no value.</summary>
    /// <param name="type">Type.</param>
    /// <returns>True for <c>void</c> and <see cref="NoValue"/>.</returns>
    public static bool IsVoidType(Type type) => type == typeof(void) || type == typeof(NoValue);

    /// <summary>Brings both ways to say "no value" to one.</summary>
    /// <param name="type">Type.</param>
    /// <returns><c>void</c> for <see cref="NoValue"/>, the type itself otherwise.</returns>
    public static Type NormalizeVoidType(Type type) => type == typeof(NoValue) ? typeof(void) : type;
}
