namespace Settlement.Architecture.Tests;

/// <summary>Who may know whom: for each project, the only projects and packages it may name. ARCHITECTURE.md draws the same arrows.</summary>
internal static class Arrows
{
    private const string Hosting = "Microsoft.Extensions.Hosting";

    private static readonly string[] Logs =
        ["Serilog", "Serilog.Extensions.Logging", "Serilog.Sinks.Console", "Serilog.Sinks.File", "Serilog.Settings.Configuration"];

    public static Dictionary<string, Rule> Rules { get; } = new Dictionary<string, Rule>(StringComparer.Ordinal)
    {
        ["Settlement.Domain"] = new([], []),
        ["Settlement.Database"] = new(["Settlement.Domain"], ["Npgsql.EntityFrameworkCore.PostgreSQL", "Microsoft.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.Relational", "Npgsql", "Microsoft.Extensions.*"]),
        ["Settlement.Workflows"] = new(["Settlement.Domain", Engine.Client], ["Microsoft.CodeAnalysis.BannedApiAnalyzers"]),
        ["Settlement.Activities"] = new(["Settlement.Domain", "Settlement.Database", "Settlement.Workflows", Engine.Client], ["Microsoft.Extensions.*", "Polly.Core"]),
        ["Settlement.Hosting"] = new([Engine.Client], Logs),
        ["Settlement.Worker"] = new(["Settlement.Activities", "Settlement.Hosting", Engine.Client, Engine.Hosting], []),
        ["Settlement.StarterApi"] = new(["Settlement.Workflows", "Settlement.Database", "Settlement.Hosting", Engine.Client, Engine.Hosting], ["Microsoft.AspNetCore.*", "Scalar.AspNetCore"]),
        ["Settlement.BankSimulator"] = new(["Settlement.Domain"], [.. Logs, "Microsoft.AspNetCore.OpenApi", "System.IO.Hashing"]),
        // It shares no code with the system that it audits: the database's driver, and what .NET brings (JSON), is all it has.
        ["Settlement.Auditor"] = new([], ["Npgsql"]),
        // It attacks servers from outside: the protocol is all it may know.
        ["Temporalio.Fuzzing"] = new(["Temporalio.Api"], []),
        ["GrpcWire"] = new([], ["Google.Protobuf", "Microsoft.Extensions.Logging.Abstractions"]),
        ["GrpcWire.Server"] = new(["GrpcWire"], []),
        ["Temporalio.Api"] = new([], ["Google.Protobuf", "Grpc.Tools"]),
        ["Temporalio"] = new(["Temporalio.Api", "GrpcWire"], ["Microsoft.Extensions.Logging.Abstractions"]),
        ["Temporalio.Extensions.Hosting"] = new(["Temporalio"], [Hosting]),
        ["Temporalio.Extensions.OpenTelemetry"] = new(["Temporalio"], ["OpenTelemetry.Api"]),
        ["Temporalio.Extensions.DiagnosticSource"] = new(["Temporalio"], []),
        ["Temporalio.DevServer"] = new(["Temporalio.Api", "GrpcWire", "GrpcWire.Server"], ["Google.Protobuf", "Grpc.Tools", "Npgsql"]),
    };

    /// <summary>What a project may name. A package rule that ends in <c>*</c> allows a family.</summary>
    internal sealed record Rule(IReadOnlyList<string> Projects, IReadOnlyList<string> Packages);

    /// <summary>The engine's projects, which Directory.Build.targets adds where a project says UsesTemporal.</summary>
    internal static class Engine
    {
        public const string Client = "Temporalio";
        public const string Hosting = "Temporalio.Extensions.Hosting";
    }
}
