using System.ComponentModel.DataAnnotations;

namespace Settlement.BankSimulator.Scripts;

/// <summary>
/// Body of POST /scripts: behaviour for the payments that <paramref name="Match"/> names. The first instruction (UETR) that matches takes
/// the first step, the second the second, and all later ones the last. A script with the same match replaces the earlier one, also for
/// enquiries and recalls of payments already received.
/// </summary>
public sealed record BankScript(ScriptMatch Match, [property: MinLength(1), MaxLength(100)] IReadOnlyList<BankBehaviour> Steps);
