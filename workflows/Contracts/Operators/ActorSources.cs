namespace Settlement.Workflows.Contracts;

/// <summary>What <see cref="OperatorAction.Source"/> may say.</summary>
public static class ActorSources
{
    /// <summary>The API, which has authenticated the operator.</summary>
    public const string Api = "api";

    /// <summary>The <c>temporal</c> command line, whose caller says who he is.</summary>
    public const string CommandLine = "cli";
}
