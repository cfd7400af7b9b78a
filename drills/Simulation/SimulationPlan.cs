using System.Globalization;

namespace Settlement.Drills.Simulation;

/// <summary>Inputs and faults of one run, all drawn from its seed: the same seed gives the same plan. What meets what is up to the machine.</summary>
internal sealed record SimulationPlan(int Seed, IReadOnlyList<SimulatedAccount> Accounts, IReadOnlyList<SimulatedSettlement> Settlements, IReadOnlyList<PlannedFault> Faults)
{
    private const int AccountsPerCurrency = 6;
    private const int SmallestAmount = 1;
    private const int LargestAmount = 900;

    /// <summary>An account is opened with this share of what its settlements ask for, so that some find no cover.</summary>
    private static readonly double[] Covers = [0.5, 0.8, 1, 2, 2, 2];

    private static readonly (string Code, int Decimals)[] Currencies = [("USD", 2), ("EUR", 2), ("JPY", 0), ("BHD", 3)];

    /// <summary>Draws a plan of everything.</summary>
    /// <param name="seed">Fixes everything.</param>
    /// <param name="count">Settlements.</param>
    /// <param name="faults">Faults, spread over the run.</param>
    public static SimulationPlan Draw(int seed, int count, int faults) =>
        Draw(seed, new PlanFocus(count, faults, [.. BankManner.All.Select(manner => manner.Name)], Enum.GetValues<FaultKind>()), plain: false);

    /// <summary>Draws a plan of some things only: no edges of the clock, and no actions of operators beyond what the bank's manner asks for.</summary>
    public static SimulationPlan Draw(int seed, PlanFocus focus) => Draw(seed, focus, plain: true);

    private static SimulationPlan Draw(int seed, PlanFocus focus, bool plain)
    {
        var random = new Random(seed);
        var manners = BankManner.All.Where(manner => focus.Manners.Contains(manner.Name)).ToList();
        var settlements = Enumerable.Range(0, focus.Count).Select(number => DrawSettlement(number, seed, manners, plain, random)).ToList();
        return new SimulationPlan(seed, DrawAccounts(seed, settlements), settlements, DrawFaults(focus, random));
    }

    private static SimulatedSettlement DrawSettlement(int number, int seed, List<BankManner> manners, bool plain, Random random)
    {
        var (currency, decimals) = Currencies[random.Next(Currencies.Length)];
        var manner = DrawManner(manners, random);
        var edge = plain ? ClockEdge.None : DrawEdge(random);
        // The windows at the edges of the clock are those of one currency.
        if (edge != ClockEdge.None)
            (currency, decimals) = Currencies[0];
        var action = manner.CancelledOnTheWay ? PlannedActionKind.Cancel : plain ? PlannedActionKind.None : DrawAction(random);
        var wait = manner.CancelledOnTheWay ? random.Next(1_000, 2_500) : random.Next(0, 1_500);
        return new SimulatedSettlement(
            number, AccountNumber(seed, currency, random.Next(AccountsPerCurrency)), currency, DrawAmount(decimals, random),
            manner.Alone ? $"SIM-{manner.Name}-{number}" : $"SIM-{manner.Name}", manner, action, wait, edge);
    }

    private static ClockEdge DrawEdge(Random random) => random.Next(100) switch { < 4 => ClockEdge.Window, < 6 => ClockEdge.SpringForward, _ => ClockEdge.None };

    private static PlannedActionKind DrawAction(Random random) => random.Next(100) switch
    {
        < 4 => PlannedActionKind.Cancel,
        < 6 => PlannedActionKind.CancelTwice,
        < 9 => PlannedActionKind.PauseAndResume,
        _ => PlannedActionKind.None,
    };

    private static BankManner DrawManner(List<BankManner> manners, Random random)
    {
        var draw = random.Next(manners.Sum(manner => manner.Weight));
        foreach (var manner in manners)
        {
            draw -= manner.Weight;
            if (draw < 0)
                return manner;
        }

        return manners[0];
    }

    private static string DrawAmount(int decimals, Random random)
    {
        var factor = (int)Math.Pow(10, decimals);
        var minor = random.Next(SmallestAmount * factor, LargestAmount * factor);
        return ((decimal)minor / factor).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static List<SimulatedAccount> DrawAccounts(int seed, List<SimulatedSettlement> settlements)
    {
        var asked = settlements.ToLookup(s => s.Account);
        return
        [
            .. from currency in Currencies
               from n in Enumerable.Range(0, AccountsPerCurrency)
               let number = AccountNumber(seed, currency.Code, n)
               let total = asked[number].Sum(s => decimal.Parse(s.Amount, CultureInfo.InvariantCulture))
               select new SimulatedAccount(number, currency.Code, Math.Ceiling(total * (decimal)Covers[n]).ToString(CultureInfo.InvariantCulture)),
        ];
    }

    private static string AccountNumber(int seed, string currency, int n) => string.Create(CultureInfo.InvariantCulture, $"SIM{seed}-{currency}-{n}");

    /// <summary>Every kind in turn, in an order that the seed gives, at places that it gives.</summary>
    private static List<PlannedFault> DrawFaults(PlanFocus focus, Random random)
    {
        var last = Math.Max(1, focus.Count - (focus.Count / 10));
        var places = Enumerable.Range(0, focus.Faults).Select(_ => random.Next(focus.Count / 20, last)).Order().ToList();
        var kinds = new List<FaultKind>();
        while (kinds.Count < focus.Faults)
            kinds.AddRange(Shuffled(focus.FaultKinds, random));
        return [.. places.Select((place, i) => new PlannedFault(kinds[i], place, random.Next(200, 2_000)))];
    }

    private static FaultKind[] Shuffled(IEnumerable<FaultKind> all, Random random)
    {
        var kinds = all.ToArray();
        random.Shuffle(kinds);
        return kinds;
    }
}

/// <summary>Narrows a plan, so that a short run surely holds what a long one holds by chance.</summary>
/// <param name="Count">Settlements.</param>
/// <param name="Faults">Faults.</param>
/// <param name="Manners">Names of the bank's manners to draw from.</param>
/// <param name="FaultKinds">Kinds of faults to draw from.</param>
internal sealed record PlanFocus(int Count, int Faults, IReadOnlyList<string> Manners, IReadOnlyList<FaultKind> FaultKinds);

/// <summary>One request of the simulation and what will happen around it.</summary>
/// <param name="Number">From 0; its idempotency key follows from it.</param>
/// <param name="Account">Who pays.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Amount">Decimal string, major units.</param>
/// <param name="Creditor">Account that is paid; the bank's manner hangs on it.</param>
/// <param name="Manner">What the bank does.</param>
/// <param name="Action">What an operator does of his own accord.</param>
/// <param name="ActAfterMilliseconds">When.</param>
/// <param name="Edge">Which edge of the clock it is sent to.</param>
internal sealed record SimulatedSettlement(
    int Number, string Account, string Currency, string Amount, string Creditor, BankManner Manner, PlannedActionKind Action, int ActAfterMilliseconds, ClockEdge Edge);

/// <summary>A customer's account with the money it starts with.</summary>
internal sealed record SimulatedAccount(string Number, string Currency, string Opening);

/// <summary>One fault, bound to the progress of the run and not to time, so that a slow machine meets it at the same place.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="AfterAccepted">When so many requests have been accepted.</param>
/// <param name="Milliseconds">For how long.</param>
internal sealed record PlannedFault(FaultKind Kind, int AfterAccepted, int Milliseconds);

/// <summary>What goes wrong around the settlements.</summary>
internal enum FaultKind
{
    /// <summary>SIGKILL; it is started again after a while.</summary>
    KillWorker,
    KillApi,
    KillTemporal,
    KillPostgres,
    KillBank,

    /// <summary>Messages of the bank are taken and never delivered.</summary>
    DropMessages,
    DelayMessages,
    DoubleMessages,
    ReorderMessages,

    /// <summary>A window opens and closes again within seconds.</summary>
    WindowEdge,

    /// <summary>A zone changes to summer time within seconds, and a window opens in the hour that it skips.</summary>
    SpringForward,

    /// <summary>An administrator stops all transfers, and releases them again.</summary>
    StopTransfers,
}

/// <summary>Which edge of the business clock a settlement is sent to.</summary>
internal enum ClockEdge
{
    /// <summary>None: its rail is always open.</summary>
    None,

    /// <summary>A window that opens, or closes, within seconds.</summary>
    Window,

    /// <summary>A window that opens in the hour that a change to summer time skips, within seconds.</summary>
    SpringForward,
}

/// <summary>What an operator does to a settlement of his own accord.</summary>
internal enum PlannedActionKind
{
    None,
    Cancel,
    PauseAndResume,

    /// <summary>Two operators at once.</summary>
    CancelTwice,
}
