using Temporalio.Common.EnvConfig;

namespace Temporalio.InTree.Tests.Common.EnvConfig;

public class ClientEnvConfigTests
{
    private const string Toml =
        """"
        # Two profiles
        [profile.default]
        address = "default:7233" # of the default
        namespace = 'default-namespace'

        [profile."other one"]
        address = "other:7233"
        api_key = "secret"
        [profile."other one".tls]
        server_name = "name"
        client_cert_data = """
        -----BEGIN\t
        -----END
        """
        [profile."other one".grpc_meta]
        Some_Header = "value"
        """";

    [Fact]
    public void Load_TwoProfiles_AreBothRead()
    {
        var config = ClientEnvConfig.Load(new() { ConfigSource = DataSource.FromUTF8String(Toml), OverrideEnvVars = Variables() });

        config.Profiles.Keys.ShouldBe(["default", "other one"], ignoreOrder: true);
        config.Profiles["default"].ShouldBe(new("default:7233", "default-namespace"));
        var other = config.Profiles["other one"];
        other.ApiKey.ShouldBe("secret");
        other.Tls!.ServerName.ShouldBe("name");
        System.Text.Encoding.UTF8.GetString(other.Tls.ClientCert!.Data!).ShouldBe("-----BEGIN\t\n-----END\n");
        other.GrpcMeta.ShouldBe(new Dictionary<string, string> { ["some-header"] = "value" });
        other.ToString().ShouldNotContain("secret");
    }

    [Fact]
    public void LoadProfile_Variables_ReplaceTheFile()
    {
        var profile = ClientEnvConfig.Profile.Load(new()
        {
            ConfigSource = DataSource.FromUTF8String(Toml),
            OverrideEnvVars = Variables(
                ("TEMPORAL_PROFILE", "other one"), ("TEMPORAL_ADDRESS", "env:1"), ("TEMPORAL_NAMESPACE", "env-namespace"),
                ("TEMPORAL_TLS", "false"), ("TEMPORAL_TLS_SERVER_NAME", "env-name"),
                ("TEMPORAL_GRPC_META_SOME_HEADER", string.Empty), ("TEMPORAL_GRPC_META_NEW_HEADER", "new")),
        });

        profile.Address.ShouldBe("env:1");
        profile.Namespace.ShouldBe("env-namespace");
        profile.ApiKey.ShouldBe("secret");
        profile.Tls!.Disabled.ShouldBe(true);
        profile.Tls.ServerName.ShouldBe("env-name");
        profile.GrpcMeta.ShouldBe(new Dictionary<string, string> { ["new-header"] = "new" });
        profile.ToClientConnectionOptions().Tls.ShouldBeNull();
    }

    [Fact]
    public void LoadClientConnectOptions_ApiKeyWithoutTls_TurnsItOn()
    {
        var options = ClientEnvConfig.LoadClientConnectOptions(new()
        {
            DisableFile = true,
            OverrideEnvVars = Variables(("TEMPORAL_ADDRESS", "env:1"), ("TEMPORAL_API_KEY", "key")),
        });

        options.TargetHost.ShouldBe("env:1");
        options.Namespace.ShouldBe("default");
        options.ApiKey.ShouldBe("key");
        options.Tls.ShouldNotBeNull();
        options.RpcMetadata.ShouldBeNull();
    }

    [Fact]
    public void LoadProfile_NoSuchProfile_ThrowsOnlyIfNamed()
    {
        var source = DataSource.FromUTF8String("[profile.other]\naddress = 'x'");

        ClientEnvConfig.Profile.Load(new() { ConfigSource = source, OverrideEnvVars = Variables() }).ShouldBe(new());
        Should.Throw<InvalidOperationException>(() => ClientEnvConfig.Profile.Load(
            new() { Profile = "missing", ConfigSource = source, OverrideEnvVars = Variables() }))
            .Message.ShouldBe("Profile 'missing' not found");
    }

    [Fact]
    public void Load_NoFile_IsEmpty() => ClientEnvConfig.Load(new()
    {
        OverrideEnvVars = Variables(("TEMPORAL_CONFIG_FILE", Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString()))),
    }).Profiles.ShouldBeEmpty();

    [Fact]
    public void LoadProfile_FileAndVariablesDisabled_Throws() =>
        Should.Throw<InvalidOperationException>(() => ClientEnvConfig.Profile.Load(new() { DisableFile = true, DisableEnv = true }))
            .Message.ShouldContain("Cannot disable both");

    [Theory]
    [InlineData("[profile.default.tls]\nclient_cert_path = 'a'\nclient_cert_data = 'b'", "", "")]
    [InlineData("[profile.default.tls]\nclient_cert_path = 'a'", "TEMPORAL_TLS_CLIENT_CERT_DATA", "b")]
    [InlineData("[profile.default.tls]\nclient_key_data = 'a'", "TEMPORAL_TLS_CLIENT_KEY_PATH", "b")]
    public void LoadProfile_PathAndData_Throws(string toml, string variable, string value) =>
        Should.Throw<InvalidOperationException>(() => ClientEnvConfig.Profile.Load(new()
        {
            ConfigSource = DataSource.FromUTF8String(toml), OverrideEnvVars = Variables((variable, value)),
        })).Message.ShouldContain("Cannot specify both");

    [Theory]
    [InlineData("[profile.default]\nunheard = 'of'")]
    [InlineData("[profile.default.tls]\nunheard = 'of'")]
    [InlineData("unheard = 'of'")]
    public void Load_UnknownKey_ThrowsOnlyIfStrict(string toml)
    {
        var source = DataSource.FromUTF8String(toml);

        ClientEnvConfig.Load(new() { ConfigSource = source });
        Should.Throw<InvalidOperationException>(() => ClientEnvConfig.Load(new() { ConfigSource = source, ConfigFileStrict = true }))
            .Message.ShouldContain("Unrecognized key 'unheard'");
    }

    [Theory]
    [InlineData("this is not valid toml")]
    [InlineData("[profile.default")]
    [InlineData("[profile.default]\naddress = \"no end")]
    [InlineData("[profile.default]\naddress = \"\"\"no end")]
    [InlineData("[profile.default]\naddress = \"bad \\x escape\"")]
    [InlineData("[profile.default]\naddress = \"\\uD800\"")]
    [InlineData("[profile.default]\naddress = 'a'\naddress = 'b'")]
    [InlineData("[profile.default]\naddress = 'a' 'b'")]
    [InlineData("[profile.default]\naddress = [1, 2]")]
    [InlineData("[profile.default]\naddress = 5")]
    [InlineData("[profile.default]\ntls = 'on'")]
    [InlineData("[profile]\ndefault = 1")]
    [InlineData("= 'no key'")]
    [InlineData("a\0b = 1")]
    public void Load_Malformed_ThrowsWithoutQuotingIt(string toml) =>
        Should.Throw<InvalidOperationException>(() => ClientEnvConfig.Load(new() { ConfigSource = DataSource.FromUTF8String(toml) }))
            .Message.ShouldContain("TOML");

    [Fact]
    public void ToDictionary_Config_ReadsBack()
    {
        var original = ClientEnvConfig.Load(new() { ConfigSource = DataSource.FromUTF8String(Toml) });

        var read = ClientEnvConfig.FromDictionary(original.ToDictionary());

        read.Profiles["default"].ShouldBe(original.Profiles["default"]);
        var other = read.Profiles["other one"];
        other.ApiKey.ShouldBe("secret");
        other.Tls!.ClientCert!.Data.ShouldBe(original.Profiles["other one"].Tls!.ClientCert!.Data);
        other.GrpcMeta!["some-header"].ShouldBe("value");
    }

    private static Dictionary<string, string> Variables(params (string Name, string Value)[] variables) =>
        variables.Where(v => v.Name.Length > 0).ToDictionary(v => v.Name, v => v.Value);
}
