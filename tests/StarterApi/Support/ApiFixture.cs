using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Settlement.StarterApi.Temporal;
using Settlement.TestSupport;

namespace Settlement.StarterApi.Tests.Support;

/// <summary>The API in process over a real database of its own; Temporal is a fake that each test can direct.</summary>
public sealed class ApiFixture : IAsyncLifetime
{
    public const string BankSecret = "a shared secret of this test";

    private readonly string folder = Directory.CreateTempSubdirectory("starter-api-test-").FullName;
    private readonly Dictionary<string, string> tokens = [];
    private WebApplicationFactory<Program>? factory;

    /// <summary>The signing key of this fixture, base64.</summary>
    public string SigningKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    internal FakeSettlementWorkflows Workflows { get; } = new();

    public string ConnectionString { get; private set; } = "";

    public NpgsqlDataSource Database { get; private set; } = null!;

    public IServiceProvider Services => factory!.Services;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await ApiDatabase.CreateAsync();
        Database = Settlement.Database.SettlementDatabase.CreateDataSource(ConnectionString);
        await File.WriteAllTextAsync(Path.Combine(folder, "users.json"), TestUsers.SeedJson());
        factory = Host();
    }

    public async ValueTask DisposeAsync()
    {
        await factory!.DisposeAsync();
        await Database.DisposeAsync();
        await PostgresFixture.DropDatabaseAsync(ConnectionString);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Another host over the same database, with other settings or services.</summary>
    public WebApplicationFactory<Program> Host(Dictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null) =>
        new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
        {
            web.UseEnvironment("Production");
            web.ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(Settings()).AddInMemoryCollection(settings ?? []));
            web.ConfigureTestServices(collection =>
            {
                collection.AddSingleton<ISettlementWorkflows>(Workflows);
                services?.Invoke(collection);
            });
        });

    /// <summary>A client of a signed-in user; null: anonymous.</summary>
    public async Task<HttpClient> ClientAsync(string? user)
    {
        var client = factory!.CreateClient();
        if (user is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(user));
        return client;
    }

    public async Task<string> TokenAsync(string user)
    {
        if (tokens.TryGetValue(user, out var known))
            return known;
        using var client = factory!.CreateClient();
        var reply = await client.PostJsonAsync("/api/v1/auth/login", new { username = user, password = TestUsers.Password });
        return tokens[user] = (await reply.JsonAsync()).GetProperty("access_token").GetString()!;
    }

    /// <summary>A count or another single number from the database.</summary>
    public async Task<long> CountAsync(string sql, params object[] values)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The settings of every host of this fixture.</summary>
    public Dictionary<string, string?> Settings() => new()
    {
        ["Database:Url"] = ConnectionString,
        ["Auth:UsersFile"] = Path.Combine(folder, "users.json"),
        ["Auth:SigningKey"] = SigningKey,
        ["Auth:Authority"] = null,
        ["Actions:SigningKey"] = SigningKey,
        ["Temporal:Address"] = "127.0.0.1:1",
        ["Api:LoginsPerMinute"] = "1000",
        [$"Banks:MessageSecrets:{ApiDatabase.Bank}"] = BankSecret,
        ["Api:SchemaWaitSeconds"] = "2",
    };
}
