namespace Settlement.Drills.Simulation.Plan;

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
