using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Cli;

namespace Temporalio.DevServer.Tests.Cli;

/// <summary>The arguments that people and official SDKs give.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public void Parse_WhatOfficialSdksPass_IsTaken()
    {
        var invocation = Parse(
            "server start-dev --port 7001 --namespace default --ip 127.0.0.1 --log-format pretty --log-level warn --dynamic-config-value frontend.enableServerVersionCheck=false "
            + "--dynamic-config-value frontend.enableUpdateWorkflowExecution=true --ui-port 8001 --search-attribute Color=Keyword --search-attribute Due=Datetime --headless");

        invocation.Kind.ShouldBe(InvocationKind.Serve);
        invocation.Ignored.ShouldBeEmpty();
        var options = invocation.Options;
        (options.Ip, options.Port, options.Database, options.TimeSkipping).ShouldBe(("127.0.0.1", 7001, null, TimeSkipping.None));
        options.Namespaces.ShouldBe(["default"]);
        options.SearchAttributes.ShouldBe(new Dictionary<string, IndexedValueType> { ["Color"] = IndexedValueType.Keyword, ["Due"] = IndexedValueType.Datetime }, ignoreOrder: true);
        invocation.Settings.WantsUi.ShouldBeFalse();
    }

    [Fact]
    public void Parse_StartDevAlone_HasTheOfficialDefaults()
    {
        var invocation = Parse("server start-dev");

        (invocation.Options.Ip, invocation.Options.Port, invocation.Options.EffectiveRetention).ShouldBe(("127.0.0.1", 7233, TimeSpan.FromDays(1)));
        invocation.Options.Namespaces.ShouldBe(["default"]);
        (invocation.Settings.LogLevel, invocation.Settings.LogFormat).ShouldBe(("warn", "pretty"));
    }

    [Theory]
    [InlineData("7777", TimeSkipping.Locked)]
    [InlineData("7777 --enable-time-skipping", TimeSkipping.Unlocked)]
    [InlineData("--brand-new 5 7777", TimeSkipping.Locked)]
    [InlineData("7777 --brand-new 5", TimeSkipping.Locked)]
    public void Parse_PortAlone_IsATimeSkippingServer(string arguments, TimeSkipping expected)
    {
        var options = Parse(arguments, ("TEMPORAL_DEV_DATABASE", "postgres://localhost/serving")).Options;

        (options.Port, options.TimeSkipping, options.Database).ShouldBe((7777, expected, null), "it keeps everything in memory, whatever another server uses");
        options.EffectiveRetention.ShouldBeGreaterThan(TimeSpan.FromDays(30_000), "what ended weeks of skipped time ago is still there");
    }

    [Fact]
    public void Parse_NamespacesRepeated_ExistOnceEachAfterTheDefault() =>
        Parse("server start-dev -n a --namespace=b -n a -p 1").Options.Namespaces.ShouldBe(["default", "a", "b"]);

    [Fact]
    public void Parse_UnknownArguments_AreNamedAndGoneOnWithout()
    {
        var invocation = Parse("server start-dev --brand-new value --other=secret --switch --port 7002");

        invocation.Ignored.ShouldBe(["--brand-new", "--other", "--switch"]);
        invocation.Options.Port.ShouldBe(7002);
    }

    [Fact]
    public void Parse_Environment_FillsInWhatIsNotGiven()
    {
        var invocation = Parse("server start-dev --port 7003", ("TEMPORAL_DEV_PORT", "7004"), ("TEMPORAL_DEV_NAMESPACE", "a, b"), ("TEMPORAL_DEV_LOG_LEVEL", "error"), ("TEMPORAL_DEV_IP", ""));

        invocation.Options.Port.ShouldBe(7003);
        invocation.Options.Ip.ShouldBe("127.0.0.1");
        invocation.Options.Namespaces.ShouldBe(["default", "a", "b"]);
        invocation.Settings.LogLevel.ShouldBe("error");
    }

    [Theory]
    [InlineData("--db", "Host=db;Port=5433;Database=d;Username=u;Password=p")]
    [InlineData("--database", "postgres://u:p@db:5433/d")]
    [InlineData("--db-filename", "postgresql://u:p@db:5433/d")]
    public void Parse_Database_TakesBothForms(string argument, string value)
    {
        var database = new Npgsql.NpgsqlConnectionStringBuilder(CommandLine.Parse(["server", "start-dev", argument, value], _ => null).Options.Database!);

        (database.Host, database.Port, database.Database, database.Username, database.Password).ShouldBe(("db", 5433, "d", "u", "p"));
    }

    [Theory]
    [InlineData("", "say what to start: temporal-dev server start-dev")]
    [InlineData("server", "unknown command 'server'")]
    [InlineData("server stop-dev", "unknown command 'server stop-dev'")]
    [InlineData("server start-dev --port 65536", "'65536' is no port")]
    [InlineData("server start-dev --port", "--port needs a value")]
    [InlineData("server start-dev --db-filename state.db", "--db-filename names a file of the official server")]
    [InlineData("server start-dev --search-attribute Color", "must be NAME=TYPE")]
    [InlineData("server start-dev --search-attribute Color=Colour", "the type must be one of")]
    [InlineData("server start-dev --log-level loud", "--log-level 'loud' must be one of")]
    [InlineData("server start-dev --retention 5m", "--retention '5m' must be hours or days")]
    [InlineData("server start-dev --enable-time-skipping", "A serving server never skips")]
    [InlineData("server start-dev --tls-cert-path a.pem", "belong together")]
    [InlineData("server start-dev --tls-client-ca-path a.pem", "needs --tls-cert-path")]
    [InlineData("7777 --db postgres://localhost/x", "takes no database")]
    public void Parse_Nonsense_IsRefusedWithOneLine(string arguments, string expected)
    {
        var refused = Should.Throw<UsageException>(() => Parse(arguments));

        refused.Message.ShouldContain(expected);
        refused.Message.ShouldNotContain('\n');
    }

    [Theory]
    [InlineData("Hots=db;Password=hunter2")]
    [InlineData("postgres://u:hunter2@:x/d")]
    [InlineData("Port=hunter2")]
    [InlineData("Password=hunter2")]
    public void Parse_UnusableDatabase_IsRefusedWithoutRepeatingIt(string database)
    {
        var refused = Should.Throw<UsageException>(() => CommandLine.Parse(["server", "start-dev", "--db", database], _ => null));

        refused.Message.ShouldStartWith("--database: ");
        refused.ToString().ShouldNotContain("hunter2");
    }

    private static Invocation Parse(string arguments, params (string Name, string Value)[] environment) => CommandLine.Parse(
        arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), name => environment.FirstOrDefault(e => e.Name == name).Value);
}
