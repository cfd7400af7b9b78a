namespace Settlement.Activities.Failures;

/// <summary>What may be done after a failure.</summary>
public enum FailureClass
{
    /// <summary>Nothing has happened; the same thing may be tried again and may then succeed.</summary>
    Retryable,
    /// <summary>Nothing has happened; trying again changes nothing until a person or the data does.</summary>
    Terminal,
    /// <summary>It may have happened. Find out by the idempotency key or the UETR before doing anything else.</summary>
    Unknown,
}
