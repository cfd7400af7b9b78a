using Settlement.Worker.Tests.Support;

namespace Settlement.Worker.Tests.Startup;

/// <summary>A wrong setting ends the program at once, with one line that names it and nothing else.</summary>
public sealed class ConfigurationTests
{
    private const string Password = "hush-hush";

    /// <summary>31 bytes.</summary>
    private const string ShortKey = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlYw==";

    [Theory]
    [InlineData("DATABASE_URL", "", "DATABASE_URL")]
    [InlineData("DATABASE_URL", "postgres://user:" + Password + "@host:port/name", "DATABASE_URL")]
    [InlineData("DATABASE_MAX_CONNECTIONS", "1", "DATABASE_MAX_CONNECTIONS")]
    [InlineData("WORKER_PORT", "70000", "WORKER_PORT")]
    [InlineData("WORKER_PORT", "http", "Worker:Port")]
    [InlineData("WORKER_HOST", "somewhere", "WORKER_HOST")]
    [InlineData("SWEEP_INTERVAL_SECONDS", "0", "SWEEP_INTERVAL_SECONDS")]
    [InlineData("ACTION_SIGNING_KEY", "", "ACTION_SIGNING_KEY")]
    [InlineData("ACTION_SIGNING_KEY", ShortKey, "ACTION_SIGNING_KEY")]
    [InlineData("ACTION_PREVIOUS_SIGNING_KEY", ShortKey, "ACTION_PREVIOUS_SIGNING_KEY")]
    [InlineData("TEMPORAL_ADDRESS", "no-port", "TEMPORAL_ADDRESS")]
    [InlineData("TEMPORAL_TLS_SERVER_CA_CERT", "/no/such/file", "TEMPORAL_TLS_SERVER_CA_CERT")]
    public async Task Start_WrongSetting_ExitsWithTwoAndOneLine(string name, string value, string expected)
    {
        var settings = new Dictionary<string, string>
        {
            ["DATABASE_URL"] = $"postgres://user:{Password}@127.0.0.1:1/none", ["WORKER_PORT"] = "0", ["ACTION_SIGNING_KEY"] = Convert.ToBase64String(new byte[32]),
        };
        settings[name] = value;

        var (exit, output, errors) = await WorkerProcess.RunAsync(settings);

        exit.ShouldBe(2, output + errors);
        errors.TrimEnd().ShouldNotContain("\n");
        errors.ShouldStartWith("worker: wrong configuration: ");
        errors.ShouldContain(expected);
        output.ShouldBeEmpty();
        errors.ShouldNotContain(Password);
        errors.ShouldNotContain(ShortKey);
    }
}
