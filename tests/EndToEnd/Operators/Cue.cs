using Settlement.Workflows.Contracts;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>A scene with the words for it.</summary>
internal sealed record Cue(ActionScene Scene, string Reason, string RequestId)
{
    public static Cue Of(CataloguedAction actionName, string door, ActionScene scene)
    {
        var token = Guid.NewGuid().ToString("N")[..12];
        return new Cue(scene, $"parity-{actionName.Name}-{token}", $"{door}-{token}");
    }

    /// <summary>Whether the action has had the effect that it is for.</summary>
    public bool IsReached(ActionTrace trace) =>
        (Scene.Until is not { } status || trace.Lines.Any(line => line.StartsWith($"row {status} ", StringComparison.OrdinalIgnoreCase)))
        && (Scene.Expected is not { } expected || trace.Lines.Contains($"effect {expected}"));
}
