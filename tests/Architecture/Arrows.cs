namespace Settlement.Architecture.Tests;

/// <summary>Who may know whom: for each project, the only projects and packages it may name. ARCHITECTURE.md draws the same arrows.</summary>
internal static class Arrows
{
    /// <summary>The official SDK: the engine's only .NET side.</summary>
    private const string Client = "Temporalio";
    private const string WorkerHosting = "Temporalio.Extensions.Hosting";

    private static readonly string[] Logs =
        ["Serilog", "Serilog.Extensions.Logging", "Serilog.Sinks.Console", "Serilog.Sinks.File", "Serilog.Settings.Configuration"];

    public static Dictionary<string, Rule> Rules { get; } = new Dictionary<string, Rule>(StringComparer.Ordinal)
    {
        ["Settlement.Domain"] = new([], []),
        ["Settlement.Database"] = new(["Settlement.Domain"], ["Npgsql.EntityFrameworkCore.PostgreSQL", "Microsoft.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.Relational", "Npgsql", "Microsoft.Extensions.*"]),
        ["Settlement.Workflows"] = new(["Settlement.Domain"], [Client, "Microsoft.CodeAnalysis.BannedApiAnalyzers"]),
        ["Settlement.Activities"] = new(["Settlement.Domain", "Settlement.Database", "Settlement.Workflows"], [Client, "Microsoft.Extensions.*"]),
        ["Settlement.Hosting"] = new([], [Client, .. Logs]),
        ["Settlement.Worker"] = new(["Settlement.Activities", "Settlement.Hosting"], [Client, WorkerHosting]),
        ["Settlement.StarterApi"] = new(["Settlement.Workflows", "Settlement.Database", "Settlement.Hosting"], [Client, WorkerHosting, "Microsoft.AspNetCore.*", "Scalar.AspNetCore"]),
        ["Settlement.BankSimulator"] = new(["Settlement.Domain"], [.. Logs, "Microsoft.AspNetCore.OpenApi", "System.IO.Hashing"]),
        // It shares no code with the system that it audits: the database's driver, a reader of arguments, and what .NET brings (JSON), are all it has.
        ["Settlement.Auditor"] = new([], ["Npgsql", "System.CommandLine"]),
    };

    /// <summary>What a project may name. A package rule that ends in <c>*</c> allows a family.</summary>
    internal sealed record Rule(IReadOnlyList<string> Projects, IReadOnlyList<string> Packages);
}
