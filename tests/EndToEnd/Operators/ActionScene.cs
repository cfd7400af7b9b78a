using System.Text.Json.Nodes;
using Settlement.Workflows.Contracts;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>A stage that is set for one action: what it acts on, and how each of the two doors says it.</summary>
/// <param name="Operator">Who acts, the same at both doors.</param>
/// <param name="Method">Of the API's endpoint.</param>
/// <param name="Path">Of the API's endpoint.</param>
internal sealed record ActionScene(string Operator, HttpMethod Method, string Path)
{
    /// <summary>The settlement that it is about; null for actions on the environment.</summary>
    public (string Id, string Reference)? Settlement { get; init; }

    /// <summary>What the API's body holds beside the reason.</summary>
    public JsonObject Body { get; init; } = [];

    /// <summary>What the command line's input holds beside operator, reason and request id.</summary>
    public JsonObject Input { get; init; } = [];

    /// <summary>Draws the ticket of a second person, for a reason; null for actions that need none.</summary>
    public Func<string, Task<string>>? Ticket { get; init; }

    /// <summary>Whether the API's body takes the ticket too; else the API draws and uses one in one go.</summary>
    public bool TicketInBody { get; init; }

    /// <summary>Reads what the action was for, beside audit and settlement.</summary>
    public Func<Task<string>>? Effect { get; init; }

    /// <summary>What <see cref="Effect"/> must come to read.</summary>
    public string? Expected { get; init; }

    /// <summary>The state that the settlement must come to.</summary>
    public string? Until { get; init; }

    /// <summary>Names that only this scene has, for the comparison.</summary>
    public IReadOnlyList<string> OwnNames { get; init; } = [];
}

/// <summary>A scene with the words for it.</summary>
internal sealed record Cue(ActionScene Scene, string Reason, string RequestId)
{
    public static Cue Of(CataloguedAction action, string door, ActionScene scene)
    {
        var token = Guid.NewGuid().ToString("N")[..12];
        return new Cue(scene, $"parity-{action.Name}-{token}", $"{door}-{token}");
    }

    /// <summary>Whether the action has had the effect that it is for.</summary>
    public bool IsReached(ActionTrace trace) =>
        (Scene.Until is not { } status || trace.Lines.Any(line => line.StartsWith($"row {status} ", StringComparison.OrdinalIgnoreCase)))
        && (Scene.Expected is not { } expected || trace.Lines.Contains($"effect {expected}"));
}
