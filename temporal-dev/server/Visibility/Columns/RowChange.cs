using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>What a commit has done to one run's row.</summary>
/// <param name="Run">Whose.</param>
/// <param name="Row">The row as it is now, or null where the run is deleted.</param>
/// <param name="IsNew">Whether the run had none before.</param>
internal readonly record struct RowChange(RunKey Run, VisibilityRow? Row, bool IsNew);
