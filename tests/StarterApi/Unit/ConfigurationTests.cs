using System.Collections;
using Microsoft.Extensions.Configuration;
using Settlement.Hosting;
using Settlement.StarterApi.Hosting;
using Settlement.StarterApi.Options;

namespace Settlement.StarterApi.Tests.Unit;

/// <summary>A wrong setting stops the program with one line that names it.</summary>
public sealed class ConfigurationTests
{
    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    [Theory]
    [InlineData("Auth:SigningKey", "c2hvcnQ=", "AUTH_SIGNING_KEY")]
    [InlineData("Auth:SigningKey", "not base64 at all!!", "AUTH_SIGNING_KEY")]
    [InlineData("Auth:SigningKey", "", "AUTH_SIGNING_KEY")]
    [InlineData("Auth:PreviousSigningKey", "c2hvcnQ=", "AUTH_PREVIOUS_SIGNING_KEY")]
    [InlineData("Actions:SigningKey", "c2hvcnQ=", "ACTION_SIGNING_KEY")]
    [InlineData("Actions:SigningKey", "", "ACTION_SIGNING_KEY")]
    [InlineData("Actions:PreviousSigningKey", "c2hvcnQ=", "ACTION_PREVIOUS_SIGNING_KEY")]
    [InlineData("Auth:UsersFile", "", "AUTH_USERS_FILE")]
    [InlineData("Auth:UsersFile", "/no/such/file", "AUTH_USERS_FILE")]
    [InlineData("Auth:Authority", "http://plain.example", "AUTH_AUTHORITY")]
    [InlineData("Auth:AccessTokenSeconds", "5", "AccessTokenSeconds")]
    [InlineData("Api:Port", "70000", "Port")]
    [InlineData("Api:MaxBodyBytes", "10", "MaxBodyBytes")]
    [InlineData("Database:Url", "", "DATABASE_URL")]
    [InlineData("Temporal:Address", "no-port", "TEMPORAL_ADDRESS")]
    [InlineData("Settlement:Timings:RetryAttempts", "-1", "SETTLEMENT_RETRY_ATTEMPTS")]
    [InlineData("Settlement:Timings:ConfirmationTimeoutSeconds", "NaN", "SETTLEMENT_TIMEOUT_SECONDS")]
    [InlineData("Settlement:Timings:OverdueCriticalDays", "0", "SETTLEMENT_OVERDUE_CRITICAL_DAYS")]
    [InlineData("Banks:MessageSecrets:simbank", "short", "simbank")]
    public async Task Start_WrongSetting_IsNamedInOneLine(string setting, string value, string expected)
    {
        var users = Path.GetTempFileName();
        await File.WriteAllTextAsync(users, """{"users":[{"username":"a","roles":["READER"],"password":"long enough secret"}]}""");
        try
        {
            var settings = new Dictionary<string, string>
            {
                ["Database:Url"] = "Host=127.0.0.1;Port=1;Database=none",
                ["Auth:SigningKey"] = Key,
                ["Actions:SigningKey"] = Key,
                ["Auth:UsersFile"] = users,
                ["Api:Port"] = "0",
                ["Api:SchemaWaitSeconds"] = "1",
            };
            settings[setting] = value;
            var failure = await Should.ThrowAsync<Exception>(() => StartAsync(settings));
            var line = ConfigurationFailure.Describe("starter-api", failure).ShouldNotBeNull(failure.ToString());
            line.ShouldStartWith("starter-api: wrong configuration: ");
            line.ShouldContain(expected);
            line.ShouldNotContain("\n");
        }
        finally
        {
            File.Delete(users);
        }
    }

    [Fact]
    public void Environment_ShortNames_ReachTheOptions()
    {
        var configuration = new ConfigurationManager();
        var environment = new Hashtable
        {
            ["API_PORT"] = "1234",
            ["SETTLEMENT_TIMEOUT_SECONDS"] = "7",
            ["BANK_MESSAGE_SECRETS"] = "one=c2VjcmV0LW9uZS1zZWNyZXQ=;two=secret two",
            ["TEMPORAL_NAMESPACE"] = "bank",
            ["DATABASE_URL"] = "",
            ["ACTION_SIGNING_KEY"] = Key,
            ["ACTION_PREVIOUS_SIGNING_KEY"] = Key,
        };
        EnvironmentNames.AddTo(configuration, environment, ApiOptions.EnvironmentNames);
        BankMessageSecrets.AddTo(configuration, environment);
        configuration["Api:Port"].ShouldBe("1234");
        configuration["Settlement:Timings:ConfirmationTimeoutSeconds"].ShouldBe("7");
        configuration["Banks:MessageSecrets:one"].ShouldBe("c2VjcmV0LW9uZS1zZWNyZXQ=");
        configuration["Banks:MessageSecrets:two"].ShouldBe("secret two");
        configuration["Temporal:Namespace"].ShouldBe("bank");
        configuration["Database:Url"].ShouldBeNull();
        configuration.GetSection(ActionOptions.SectionName).Get<ActionOptions>()!.Keys().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Start_TwoSectionsWrong_IsStillOneLine()
    {
        var failure = await Should.ThrowAsync<Exception>(() => StartAsync(new Dictionary<string, string>
        {
            ["Database:Url"] = "Host=127.0.0.1;Port=1;Database=none",
            ["Auth:SigningKey"] = Key,
            ["Actions:SigningKey"] = Key,
            ["Auth:Authority"] = "https://issuer.example",
            ["Api:Port"] = "70000",
            ["Temporal:Address"] = "no-port",
        }));
        ConfigurationFailure.Describe("starter-api", failure).ShouldNotBeNull(failure.ToString()).ShouldNotContain("\n");
    }

    [Fact]
    public void Environment_SecretsWithoutABank_AreRefused() =>
        Should.Throw<ConfigurationException>(() => BankMessageSecrets.AddTo(new ConfigurationManager(), new Hashtable { ["BANK_MESSAGE_SECRETS"] = "justasecret" }))
            .Message.ShouldNotContain("justasecret");

    private static async Task StartAsync(Dictionary<string, string> settings)
    {
        await using var app = StarterApiHost.Build([.. settings.Select(setting => $"--{setting.Key}={setting.Value}")]);
        await app.StartAsync();
    }
}
