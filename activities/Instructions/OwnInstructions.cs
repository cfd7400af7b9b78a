using Settlement.Database;

namespace Settlement.Activities.Instructions;

/// <summary>Which instruction of an attempt the settlement itself stands for.</summary>
internal static class OwnInstructions
{
    /// <summary>A return's own instruction is the return, a payment's the payment.</summary>
    public static InstructionKind OwnInstruction(this StepContext step) =>
        step.Settlement.ReturnsSettlementId is null ? InstructionKind.Payment : InstructionKind.Return;
}
