namespace Temporalio.Worker.Tuning;

/// <summary>How much of the machine a worker may fill before it takes no more work.</summary>
/// <param name="TargetMemoryUsage">Share of the memory available to the process, 0 to 1. Above 0.8 leaves little room for
/// tasks that turn out larger than expected.</param>
/// <param name="TargetCpuUsage">Share of the processors available to the process, 0 to 1.</param>
public sealed record ResourceBasedTunerOptions(double TargetMemoryUsage, double TargetCpuUsage);
