using Settlement.Workflows.Contracts;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>A scene with the words for it.</summary>
internal sealed record Cue(ActScene Scene, string Reason, string RequestId)
{
    public static Cue Of(CataloguedAct act, string door, ActScene scene)
    {
        var token = Guid.NewGuid().ToString("N")[..12];
        return new Cue(scene, $"parity-{act.Name}-{token}", $"{door}-{token}");
    }

    /// <summary>Whether the act has had the effect that it is for.</summary>
    public bool IsReached(ActTrace trace) =>
        (Scene.Until is not { } status || trace.Lines.Any(line => line.StartsWith($"row {status} ", StringComparison.OrdinalIgnoreCase)))
        && (Scene.Expected is not { } expected || trace.Lines.Contains($"effect {expected}"));
}
