using Temporalio.Fuzzing.Wire;

namespace Temporalio.Fuzzing.Attacks;

/// <summary>Requests to the wrong place or in the wrong dress: unknown services and methods, other content types, odd headers.</summary>
internal sealed class RequestAttack : IAttack
{
    private static readonly string[] ContentTypes = ["application/json", "application/grpc+json", "application/grpcx", "text/plain", "application/grpc-web", "", "application/grpc+proto", "application/grpc;charset=utf-8"];
    private static readonly string[] Timeouts = ["", "0m", "-1S", "99999999999999S", "1X", "1", "S", "1.5S", "99999999H", "1n"];
    private static readonly string[] Paths = ["/", "//", "/a", "/a/b/c", "/temporal.api.workflowservice.v1.WorkflowService", "/temporal.api.workflowservice.v1.WorkflowService/", "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", "/temporal.server.api.adminservice.v1.AdminService/DescribeMutableState", "/%2e%2e/%2e%2e/etc/passwd", "/healthz", "/api/v1/namespaces"];

    public string Name => "odd requests";

    public int Share => 8;

    public IReadOnlyList<string> WordsOfTheLibrary { get; } = ["Content-Type "];

    public async Task<(string Sent, RawAnswer Answer)> RunAsync(FuzzRandom random, RawClient client, CancellationToken cancellationToken)
    {
        var path = Methods.Path(random.Pick(Methods.All));
        var call = new RawCall { Path = path, Body = RawCall.Frame([]) };
        (string Sent, RawCall Call) odd = random.Below(7) switch
        {
            0 => ("another content type", call with { ContentType = random.Pick(ContentTypes) }),
            1 => ("no content type", call with { ContentType = null }),
            2 => ("an unknown method", call with { Path = path + random.Pick(["X", "/", "%00", " "]) }),
            3 => ("an unknown path", call with { Path = random.Pick(Paths) }),
            4 => ("another verb", call with { Method = random.Pick([HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Options, HttpMethod.Head]) }),
            5 => ("an odd grpc-timeout", call with { Timeout = random.Pick(Timeouts) }),
            _ => ("many odd headers", call with { Headers = [.. Enumerable.Range(0, 1 + random.Below(60)).Select(i => ($"x-{i}-bin", Convert.ToBase64String(random.Bytes(random.Below(300))) + random.Pick(["", "=", "!", "é"])))] }),
        };
        return ($"{odd.Call.Path}: {odd.Sent}", await client.SendAsync(odd.Call, cancellationToken));
    }
}
