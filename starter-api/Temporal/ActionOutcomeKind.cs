namespace Settlement.StarterApi.Temporal;

/// <summary>The ends an operator's update can come to.</summary>
public enum ActionOutcomeKind
{
    /// <summary>Carried out; the reply says what happens next.</summary>
    Done,

    /// <summary>The validator or the handler said no.</summary>
    Refused,

    /// <summary>No open workflow: ended, or not started yet.</summary>
    NotOpen,

    /// <summary>Accepted or not, the answer did not come in time; sending the same request id again is safe.</summary>
    Unanswered,
}
