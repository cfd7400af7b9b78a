namespace Settlement.Database.Api;

/// <summary>What became of an <see cref="IntakeRequest"/>.</summary>
public enum IntakeOutcome
{
    /// <summary>Key and settlement are stored.</summary>
    Created,

    /// <summary>The key was used with this body before; the stored answer is given again.</summary>
    Repeated,

    /// <summary>The key was used with another body.</summary>
    OtherBody,

    /// <summary>An equal request is being stored and has not ended within the wait.</summary>
    InProgress,
}
