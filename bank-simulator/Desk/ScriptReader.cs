using Settlement.BankSimulator.Books;
using Settlement.BankSimulator.Contracts;
using Settlement.BankSimulator.Journal;
using Settlement.BankSimulator.Scripts;

namespace Settlement.BankSimulator.Desk;

/// <summary>Finds the behaviour for a payment. All methods run under the books' lock.</summary>
public sealed class ScriptReader(BankBehaviour unscripted)
{
    /// <summary>The behaviour for an instruction, taking the next step of its script if its UETR is new; null binding: no script matches.</summary>
    public (BankBehaviour Behaviour, ScriptBinding? Binding) Bind(BooksState state, List<JournalRecord> facts, PaymentInstruction instruction)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(instruction);
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
        ArgumentNullException.ThrowIfNull(state);
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
