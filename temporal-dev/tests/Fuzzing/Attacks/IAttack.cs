using Temporalio.Fuzzing.Wire;

namespace Temporalio.Fuzzing.Attacks;

/// <summary>One way of being hostile. Safe for concurrent cases.</summary>
internal interface IAttack
{
    /// <summary>Gets its name in reports.</summary>
    string Name { get; }

    /// <summary>Gets how many of a hundred cases are of this kind.</summary>
    int Share { get; }

    /// <summary>Runs one case.</summary>
    /// <param name="random">The case's chance.</param>
    /// <param name="client">The wire.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>What was sent, in words, and what came back.</returns>
    Task<(string Sent, RawAnswer Answer)> RunAsync(FuzzRandom random, RawClient client, CancellationToken cancellationToken);

    /// <summary>How the messages begin with which a gRPC library refuses, as INTERNAL or UNKNOWN, what never reaches a handler. Any other such answer is a finding.</summary>
    IReadOnlyList<string> WordsOfTheLibrary => [];
}
