namespace Temporalio.Testing;

/// <summary>How the server of <see cref="WorkflowEnvironment.StartTimeSkippingAsync"/> is started.</summary>
public class TestServerOptions : ICloneable
{
    /// <summary>Gets or sets the executable. Unset means <c>temporal-dev</c> beside the application, on the PATH, or built in the source tree around it.</summary>
    public string? ExistingPath { get; set; }

    /// <summary>Gets or sets more arguments.</summary>
    public IReadOnlyCollection<string>? ExtraArgs { get; set; }

    /// <summary>Makes a shallow copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
