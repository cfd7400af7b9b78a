using System.Net;
using Google.Protobuf.WellKnownTypes;
using GrpcWire.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace GrpcWire.Tests.Client;

public sealed class TlsTests : IDisposable
{
    private static readonly StringValue Hello = new() { Value = "hello" };
    private readonly TestCertificates certificates = new();

    public void Dispose() => certificates.Dispose();

    [Fact]
    public async Task UnaryAsync_ServerOfATrustedAuthority_Answers()
    {
        await using var host = await ServeAsync("localhost", IPAddress.Loopback);
        (await CallAsync(host, new GrpcTlsOptions { TrustedRoots = certificates.Roots })).ShouldBe(Hello);
    }

    [Fact]
    public async Task UnaryAsync_ServerOfAStranger_IsUnavailable()
    {
        await using var host = await ServeAsync("localhost", IPAddress.Loopback);
        using var others = new TestCertificates();
        var error = await Should.ThrowAsync<GrpcException>(CallAsync(host, new GrpcTlsOptions { TrustedRoots = others.Roots }));
        error.Status.ShouldBe(GrpcStatusCode.Unavailable);
        (await Should.ThrowAsync<GrpcException>(CallAsync(host, null))).Status.ShouldBe(GrpcStatusCode.Unavailable);
    }

    [Fact]
    public async Task UnaryAsync_CertificateOfAnotherName_NeedsTheServerName()
    {
        await using var host = await ServeAsync("bank.example");
        var error = await Should.ThrowAsync<GrpcException>(CallAsync(host, new GrpcTlsOptions { TrustedRoots = certificates.Roots }));
        error.Status.ShouldBe(GrpcStatusCode.Unavailable);
        (await CallAsync(host, new GrpcTlsOptions { TrustedRoots = certificates.Roots, ServerName = "bank.example" })).ShouldBe(Hello);
    }

    [Fact]
    public async Task UnaryAsync_ServerAsksForAClientCertificate_OnlyItsHoldersAreServed()
    {
        var seen = string.Empty;
        await using var host = await TestHost.StartAsync(
            app => app.Run(context =>
            {
                seen = context.Connection.ClientCertificate!.Subject;
                return Script.AnswerAsync(context, "0", Script.Frame(Hello));
            }),
            https: options =>
            {
                options.ServerCertificate = certificates.Server("localhost", IPAddress.Loopback);
                options.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                options.ClientCertificateValidation = (certificate, _, _) => certificates.Signed(certificate);
            });
        using var strangers = new TestCertificates();

        (await CallAsync(host, new GrpcTlsOptions { TrustedRoots = certificates.Roots, ClientCertificate = certificates.Client("worker-1") })).ShouldBe(Hello);
        seen.ShouldBe("CN=worker-1");
        foreach (var refused in new[] { null, strangers.Client("worker-1") })
        {
            var tls = new GrpcTlsOptions { TrustedRoots = certificates.Roots, ClientCertificate = refused };
            (await Should.ThrowAsync<GrpcException>(CallAsync(host, tls))).Status.ShouldBe(GrpcStatusCode.Unavailable);
        }
    }

    private static async Task<StringValue> CallAsync(TestHost host, GrpcTlsOptions? tls)
    {
        using var channel = new GrpcChannel(new GrpcChannelOptions { Address = host.Address, Tls = tls });
        return await channel.UnaryAsync(Script.Say, Hello, new GrpcCallOptions { Timeout = TimeSpan.FromSeconds(60) });
    }

    private Task<TestHost> ServeAsync(string name, IPAddress? address = null) => TestHost.StartAsync(
        app => app.Run(context => Script.AnswerAsync(context, "0", Script.Frame(Hello))),
        https: options => options.ServerCertificate = certificates.Server(name, address));
}
