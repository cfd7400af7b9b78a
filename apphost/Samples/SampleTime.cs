namespace Settlement.AppHost.Samples;

/// <summary>Whose time a sample lives in.</summary>
public enum SampleTime
{
    /// <summary>The machine's.</summary>
    Real,

    /// <summary>That of a time-skipping server of its own: days pass in seconds.</summary>
    Skipped,
}
