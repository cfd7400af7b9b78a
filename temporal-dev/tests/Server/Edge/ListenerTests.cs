using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Tests.Support;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Temporalio.DevServer.Tests.Edge;

/// <summary>The port itself: health, what the server says of itself, TLS, limits, and its end.</summary>
public sealed class ListenerTests
{
    private const string Health = "grpc.health.v1.Health";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("")]
    [InlineData("temporal.api.workflowservice.v1.WorkflowService")]
    public async Task Health_OfWhatIsServed_IsServing(string service)
    {
        await using var server = await InProcessServer.StartAsync();

        (await server.CallAsync<HealthCheckResponse>(Health, "Check", new HealthCheckRequest { Service = service })).Status.ShouldBe(ServingStatus.Serving);
    }

    [Fact]
    public async Task Health_OfAnotherService_IsNotFound()
    {
        await using var server = await InProcessServer.StartAsync();

        var refused = await Should.ThrowAsync<RpcException>(() => server.CallAsync<HealthCheckResponse>(Health, "Check", new HealthCheckRequest { Service = "x" }));

        (refused.StatusCode, refused.Status.Detail).ShouldBe((StatusCode.NotFound, "unknown service"));
    }

    [Fact]
    public async Task HealthWatch_ServerEnds_TellsSo()
    {
        await using var server = await InProcessServer.StartAsync();
        await using var statuses = server.StreamAsync<HealthCheckResponse>(Health, "Watch", new HealthCheckRequest()).GetAsyncEnumerator();
        (await statuses.MoveNextAsync()).ShouldBeTrue();
        statuses.Current.Status.ShouldBe(ServingStatus.Serving);

        var ending = server.Server.DisposeAsync().AsTask();

        (await statuses.MoveNextAsync().AsTask().WaitAsync(Patience)).ShouldBeTrue();
        statuses.Current.Status.ShouldBe(ServingStatus.NotServing);
        await ending.WaitAsync(Patience);
    }

    [Fact]
    public async Task Dispose_WithALongPollOpen_AnswersItAndEnds()
    {
        await using var server = await InProcessServer.StartAsync();
        var poll = server.WorkflowAsync<PollWorkflowTaskQueueResponse>("PollWorkflowTaskQueue", new PollWorkflowTaskQueueRequest { Namespace = "default", TaskQueue = new() { Name = "q" } });

        await Starts.UntilAsync(async () => (await server.WorkflowAsync<DescribeTaskQueueResponse>("DescribeTaskQueue", new DescribeTaskQueueRequest { Namespace = "default", TaskQueue = new() { Name = "q" } })).Pollers.Count > 0);

        await server.Server.DisposeAsync().AsTask().WaitAsync(Patience);

        await Task.WhenAny(poll).WaitAsync(Patience);
        poll.IsCompleted.ShouldBeTrue();
        if (poll.IsFaulted)
            (await Should.ThrowAsync<RpcException>(() => poll)).StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    [Fact]
    public async Task SystemInfo_AdvertisesOnlyWhatIsBuilt()
    {
        await using var server = await InProcessServer.StartAsync();

        var info = await server.WorkflowAsync<GetSystemInfoResponse>("GetSystemInfo", new GetSystemInfoRequest());

        info.ServerVersion.ShouldStartWith("1.32.0-");
        info.Capabilities.SupportsSchedules.ShouldBe(server.Server.Composition.Services.Workflow.Handles("CreateSchedule"));
        (info.Capabilities.EncodedFailureAttributes, info.Capabilities.UpsertMemo, info.Capabilities.SdkMetadata).ShouldBe((true, true, true));
        (info.Capabilities.Nexus, info.Capabilities.BuildIdBasedVersioning, info.Capabilities.ServerScaledDeployments).ShouldBe((false, true, false));
    }

    [Fact]
    public async Task Request_OverFourMebibytes_IsRefusedInTheWordsThatClientsKnow()
    {
        await using var server = await InProcessServer.StartAsync();
        var request = new RespondWorkflowTaskCompletedRequest { Namespace = "default", TaskToken = ByteString.CopyFrom(new byte[5_000_000]) };

        var refused = await Should.ThrowAsync<RpcException>(() => server.WorkflowAsync<RespondWorkflowTaskCompletedResponse>("RespondWorkflowTaskCompleted", request));

        refused.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        refused.Status.Detail.ShouldStartWith("grpc: received message larger than max (");
        refused.Status.Detail.ShouldEndWith(" vs. 4194304)");
    }

    [Theory]
    [InlineData(InProcessServer.Workflow, "ListNexusEndpoints")]
    [InlineData(InProcessServer.TestService, "GetCurrentTime")]
    public async Task Method_ThatIsNotBuilt_IsRefusedByName(string service, string method)
    {
        await using var server = await InProcessServer.StartAsync();

        var refused = await Should.ThrowAsync<RpcException>(() => server.CallAsync<GetSystemInfoResponse>(service, method, new GetSystemInfoRequest()));

        refused.StatusCode.ShouldBe(StatusCode.Unimplemented);
        refused.Status.Detail.ShouldContain($"/{service}/{method}");
    }

    [Fact]
    public async Task Start_PortInUse_Throws()
    {
        await using var first = await InProcessServer.StartAsync();
        var port = int.Parse(first.Server.Address.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);

        var refused = await Should.ThrowAsync<Exception>(() => DevServer.StartAsync(new DevServerOptions { Port = port }));

        refused.Message.ShouldStartWith($"port {port} on 127.0.0.1 is in use");
    }

    [Fact]
    public async Task Tls_ClientThatTrustsTheServer_IsServed()
    {
        using var authority = Authority();
        await using var server = await InProcessServer.StartAsync(
            new DevServerOptions { Tls = new DevServerTls { Certificate = Issue(authority, "1.3.6.1.5.5.7.3.1") } },
            TestChannel.Tls(authority));

        (await server.WorkflowAsync<GetSystemInfoResponse>("GetSystemInfo", new GetSystemInfoRequest())).ServerVersion.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task MutualTls_OnlyCertificatesOfTheAuthority_AreServed()
    {
        using var authority = Authority();
        using var stranger = Authority();
        var options = new DevServerOptions { Tls = new DevServerTls { Certificate = Issue(authority, "1.3.6.1.5.5.7.3.1"), ClientAuthorities = [authority] } };
        await using var server = await InProcessServer.StartAsync(options, TestChannel.Tls(authority, Issue(authority, "1.3.6.1.5.5.7.3.2")));

        (await server.WorkflowAsync<GetSystemInfoResponse>("GetSystemInfo", new GetSystemInfoRequest())).ServerVersion.ShouldNotBeEmpty();
        foreach (var wrong in (X509Certificate2?[])[null, Issue(stranger, "1.3.6.1.5.5.7.3.2"), Issue(authority, "1.3.6.1.5.5.7.3.1")])
        {
            using var channel = new TestChannel(new Uri("https://" + server.Server.Address), TestChannel.Tls(authority, wrong));
            var call = channel.UnaryAsync<GetSystemInfoResponse>(InProcessServer.Workflow, "GetSystemInfo", new GetSystemInfoRequest());
            (await Should.ThrowAsync<RpcException>(() => call.WaitAsync(Patience))).StatusCode.ShouldBe(StatusCode.Unavailable);
        }
    }

    private static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string usage)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        using var withKey = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
