namespace Temporalio.InTree.Tests.Support;

/// <summary>One real dev server, in memory, for the whole test process; it ends with the process, however that ends.</summary>
internal static class RealServer
{
    private static readonly Lazy<Task<string>> Started = new(StartAsync);

    /// <summary>Search attributes that the tests use, as arguments of <c>server start-dev</c>.</summary>
    public static IReadOnlyList<string> SearchAttributes { get; } =
    [
        "--search-attribute", "TestKeyword=Keyword", "--search-attribute", "TestInt=Int",
        "--search-attribute", "TestBool=Bool", "--search-attribute", "TestDouble=Double",
        "--search-attribute", "TestDatetime=Datetime", "--search-attribute", "TestText=Text",
        "--search-attribute", "TestKeywordList=KeywordList",
    ];

    /// <summary>Host and port of the server, started when first asked for.</summary>
    public static Task<string> TargetHostAsync() => Started.Value;

    private static async Task<string> StartAsync()
    {
        var cli = Oracle.TemporalCli ?? throw new InvalidOperationException(Oracle.Missing);
        string[] arguments =
        [
            "--log-level", "never", .. SearchAttributes,
            "--dynamic-config-value", "frontend.workerVersioningDataAPIs=true",
            "--dynamic-config-value", "system.forceSearchAttributesCacheRefreshOnRead=true",
        ];
        return (await ServerProcess.StartAsync([cli], arguments)).TargetHost;
    }
}
