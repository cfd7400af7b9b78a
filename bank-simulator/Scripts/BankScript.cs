using System.ComponentModel.DataAnnotations;

namespace Settlement.BankSimulator;

/// <summary>
/// Body of POST /scripts: behaviour for the payments that <paramref name="Match"/> names. The first instruction (UETR) that matches takes
/// the first step, the second the second, and all later ones the last. A script with the same match replaces the earlier one, also for
/// enquiries and recalls of payments already received.
/// </summary>
public sealed record BankScript(ScriptMatch Match, [property: MinLength(1), MaxLength(100)] IReadOnlyList<BankBehaviour> Steps);

/// <summary>Which payments a script is for: exactly one member, or none for the default of all payments.</summary>
public sealed record ScriptMatch(string? Uetr = null, string? EndToEndId = null, string? CreditorAccount = null)
{
    /// <summary>Key in the bank's script book; the most specific kind that is set wins.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Key => Uetr is not null ? UetrKey(Uetr)
        : EndToEndId is not null ? EndToEndKey(EndToEndId)
        : CreditorAccount is not null ? CreditorKey(CreditorAccount)
        : DefaultKey;

    /// <summary>How many members are set.</summary>
    public int Count() => (Uetr is null ? 0 : 1) + (EndToEndId is null ? 0 : 1) + (CreditorAccount is null ? 0 : 1);

    internal const string DefaultKey = "default";

    internal static string UetrKey(string uetr) => "uetr:" + uetr;

    internal static string EndToEndKey(string id) => "e2e:" + id;

    internal static string CreditorKey(string account) => "creditor:" + account;
}

/// <summary>Finds the behaviour for a payment. All methods run under the books' lock.</summary>
public sealed class ScriptReader(BankBehaviour unscripted)
{
    /// <summary>The behaviour for an instruction, taking the next step of its script if its UETR is new; null binding: no script matches.</summary>
    public (BankBehaviour Behaviour, ScriptBinding? Binding) Bind(BooksState state, List<JournalRecord> facts, PaymentInstruction instruction)
    {
        if (state.Bindings.TryGetValue(instruction.Uetr, out var bound))
            return (For(state, instruction.Uetr), bound);
        if (FindScript(state, instruction) is not { } script || state.Payments.ContainsKey(instruction.Uetr))
            return (unscripted, null);
        var key = script.Match.Key;
        var step = Math.Min(state.ScriptUses.GetValueOrDefault(key), script.Steps.Count - 1);
        facts.Add(new JournalRecord.ScriptBound(instruction.Uetr, key, step));
        return (script.Steps[step], new ScriptBinding(key, step));
    }

    /// <summary>The behaviour that holds now for a UETR: a script for the UETR itself, else the one it is bound to, else none.</summary>
    public BankBehaviour For(BooksState state, string uetr)
    {
        if (state.Scripts.TryGetValue(ScriptMatch.UetrKey(uetr), out var own))
            return own.Steps[0];
        if (!state.Bindings.TryGetValue(uetr, out var binding) || !state.Scripts.TryGetValue(binding.ScriptKey, out var script))
            return unscripted;
        return script.Steps[Math.Min(binding.Step, script.Steps.Count - 1)];
    }

    private static BankScript? FindScript(BooksState state, PaymentInstruction instruction) =>
        state.Scripts.GetValueOrDefault(ScriptMatch.UetrKey(instruction.Uetr))
        ?? state.Scripts.GetValueOrDefault(ScriptMatch.EndToEndKey(instruction.EndToEndId))
        ?? state.Scripts.GetValueOrDefault(ScriptMatch.CreditorKey(instruction.CreditorAccount))
        ?? state.Scripts.GetValueOrDefault(ScriptMatch.DefaultKey);
}
