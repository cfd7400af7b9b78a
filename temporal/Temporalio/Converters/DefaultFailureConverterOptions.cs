namespace Temporalio.Converters;

/// <summary>Options of <see cref="DefaultFailureConverter"/>.</summary>
public class DefaultFailureConverterOptions : ICloneable
{
    /// <summary>
    /// Moves message and stack trace into a payload, so that a codec can encrypt them; what is left says only that the
    /// failure is encoded.
    /// </summary>
    public bool EncodeCommonAttributes { get; set; }

    /// <summary>Makes a shallow copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
