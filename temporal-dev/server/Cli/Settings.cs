namespace Temporalio.DevServer.Cli;

/// <summary>All arguments that this server knows: its own, and those of the official dev server that official SDKs pass when they start it.</summary>
internal static class Settings
{
    public static readonly Setting Port = new("port", SettingKind.Value, "Port to listen on; 0 for any free one. 7233 by default.", "-p");
    public static readonly Setting Ip = new("ip", SettingKind.Value, "IP address to listen on. 127.0.0.1 by default.");
    public static readonly Setting Namespace = new("namespace", SettingKind.List, "Namespace to create if it is missing; may be repeated. 'default' always exists.", "-n");
    public static readonly Setting SearchAttribute = new("search-attribute", SettingKind.List, "NAME=TYPE to register in those namespaces: Keyword, KeywordList, Text, Int, Double, Bool, Datetime.");
    public static readonly Setting Database = new("database", SettingKind.Value, "PostgreSQL database that keeps everything: postgres://user:password@host:port/name. Without it, memory. Better set as environment variable: process lists show arguments.", "--db");
    public static readonly Setting Retention = new("retention", SettingKind.Value, "How long new namespaces keep closed workflows, such as 24h or 7d. 24h by default; where time skips, a hundred years.");
    public static readonly Setting LogLevel = new("log-level", SettingKind.Value, "debug, info, warn, error or never. warn by default.");
    public static readonly Setting LogFormat = new("log-format", SettingKind.Value, "pretty, text or json, on standard error.");
    public static readonly Setting TlsCertificate = new("tls-cert-path", SettingKind.Value, "PEM file of the server's certificate, intermediates after it: serves TLS only.");
    public static readonly Setting TlsKey = new("tls-key-path", SettingKind.Value, "PEM file of its private key.");
    public static readonly Setting TlsClientAuthorities = new("tls-client-ca-path", SettingKind.Value, "PEM file of authorities: clients must show a certificate of one of them.");
    public static readonly Setting EnableTimeSkipping = new("enable-time-skipping", SettingKind.Flag, "Time-skipping server: skip from the start. Else it begins locked.");
    public static readonly Setting Headless = new("headless", SettingKind.Flag, "No Web UI.");
    public static readonly Setting DatabaseFile = new("db-filename", SettingKind.Value, "Of the official server: its SQLite file. Refused here unless it is a database as for --database.", "-f");

    public static readonly IReadOnlyList<Setting> All =
    [
        Port, Ip, Namespace, SearchAttribute, Database, Retention, LogLevel, LogFormat, TlsCertificate, TlsKey, TlsClientAuthorities, EnableTimeSkipping, Headless, DatabaseFile,
        new("dynamic-config-value", SettingKind.List, null),
        new("sqlite-pragma", SettingKind.List, null),
        new("ui-port", SettingKind.Value, null),
        new("ui-ip", SettingKind.Value, null),
        new("ui-public-path", SettingKind.Value, null),
        new("ui-asset-path", SettingKind.Value, null),
        new("ui-codec-endpoint", SettingKind.Value, null),
        new("http-port", SettingKind.Value, null),
        new("metrics-port", SettingKind.Value, null),
        new("log-config", SettingKind.Flag, null),
    ];
}
