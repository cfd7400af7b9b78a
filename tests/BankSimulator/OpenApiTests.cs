using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using System.Text.Json.Nodes;

namespace Settlement.BankSimulator.Tests;

public sealed class OpenApiTests
{
    private const string UpdateVariable = "UPDATE_OPENAPI";

    [Fact]
    public async Task OpenApi_Served_EqualsTheCommittedFile()
    {
        await using var bank = new InProcessBank();
        var served = JsonNode.Parse(await bank.CreateClient().GetStringAsync("openapi.json"))!;
        var path = Path.Combine(RepositoryRoot(), "bank-simulator", "openapi.json");
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
            await File.WriteAllTextAsync(path, served.ToJsonString(new() { WriteIndented = true }) + "\n");

        var committed = JsonNode.Parse(await File.ReadAllTextAsync(path));

        JsonNode.DeepEquals(served, committed).ShouldBeTrue($"run the test with {UpdateVariable}=1 and commit bank-simulator/openapi.json");
    }

    [Fact]
    public async Task OpenApi_Paths_AreTheMappedEndpoints()
    {
        await using var bank = new InProcessBank();
        var document = JsonNode.Parse(await bank.CreateClient().GetStringAsync("openapi.json"))!;
        var described = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));

        var mapped = bank.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IEndpointSummaryMetadata>() is not null)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}"));

        described.Order().ShouldBe(mapped.Order());
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Settlement.Workflows.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
