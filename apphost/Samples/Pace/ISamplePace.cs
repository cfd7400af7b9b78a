using Settlement.Domain;

namespace Settlement.AppHost.Samples.Pace;

/// <summary>What passes between two looks at a settlement.</summary>
public interface ISamplePace
{
    /// <summary>The settlement was just seen in this state: lets some time pass and returns when it is worth looking again.</summary>
    Task PassAsync(SettlementStatus seen, CancellationToken cancellationToken);

    /// <summary>A sample is over and will not ask again.</summary>
    void Leave();
}
