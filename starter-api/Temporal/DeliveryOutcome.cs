namespace Settlement.StarterApi.Temporal;

/// <summary>What became of a signal.</summary>
public enum DeliveryOutcome
{
    /// <summary>In the workflow's history.</summary>
    Delivered,

    /// <summary>No open workflow takes it: ended, or not started yet.</summary>
    NotOpen,
}
