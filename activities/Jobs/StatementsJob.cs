using Settlement.Database;
using Settlement.Workflows.Contracts;

namespace Settlement.Activities.Jobs;

/// <summary>Closes the statements of all days that are over, UTC: late runs catch up day by day.</summary>
public sealed class StatementsJob(AccountStatements statements) : IJob
{
    /// <inheritdoc/>
    public string Name => JobNames.Statements;

    /// <inheritdoc/>
    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var yesterday = DateOnly.FromDateTime(context.AsOf.UtcDateTime).AddDays(-1);
        context.Report(await statements.CloseAsync(yesterday, context.AsOf, cancellationToken));
    }
}
