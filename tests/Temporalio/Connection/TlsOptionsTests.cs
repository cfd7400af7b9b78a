using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Temporalio.Client;

namespace Temporalio.InTree.Tests.Connection;

public class TlsOptionsTests
{
    [Fact]
    public async Task ConnectAsync_PemRootAndClientPair_IsMutuallyTrusted()
    {
        var (server, serverPem, _) = SelfSigned("frontend.example");
        var (client, clientPem, clientKey) = SelfSigned("worker-1");
        await using var frontend = await FakeFrontend.StartAsync(_ => { }, https: options =>
        {
            options.ServerCertificate = server;
            options.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            options.ClientCertificateValidation = (certificate, _, _) => certificate.Thumbprint == client.Thumbprint;
        });

        var connection = await TemporalConnection.ConnectAsync(new(frontend.Target)
        {
            Tls = new() { ServerRootCACert = serverPem, Domain = "frontend.example", ClientCert = clientPem, ClientPrivateKey = clientKey },
        });

        connection.IsConnected.ShouldBeTrue();
        await Should.ThrowAsync<InvalidOperationException>(TemporalConnection.ConnectAsync(new(frontend.Target) { Tls = new() { Domain = "frontend.example" } }));
    }

    [Fact]
    public async Task ConnectAsync_ApiKeyAlone_NeverTravelsInTheClear()
    {
        var asked = false;
        await using var frontend = await FakeFrontend.StartAsync(_ => { }, (_, _) =>
        {
            asked = true;
            return Task.FromResult(new Api.WorkflowService.V1.GetSystemInfoResponse());
        });
        await Should.ThrowAsync<InvalidOperationException>(TemporalConnection.ConnectAsync(new(frontend.Target) { ApiKey = "secret" }));
        asked.ShouldBeFalse();
    }

    [Fact]
    public async Task ConnectAsync_ApiKeyWithTlsSetToNull_TravelsAsAsked()
    {
        await using var frontend = await FakeFrontend.StartAsync(_ => { });
        var options = new TemporalConnectionOptions(frontend.Target) { ApiKey = "secret", Tls = null };

        (await TemporalConnection.ConnectAsync((TemporalConnectionOptions)options.Clone())).IsConnected.ShouldBeTrue();
    }

    [Fact]
    public async Task ConnectAsync_UnreadableOrHalfAPair_IsRefusedWithoutItsBytes()
    {
        var (_, pem, _) = SelfSigned("any");
        var rubbish = Encoding.ASCII.GetBytes("hunter2 is no key");
        foreach (var tls in new TlsOptions[]
        {
            new() { ClientCert = pem },
            new() { ClientPrivateKey = rubbish },
            new() { ClientCert = pem, ClientPrivateKey = rubbish },
            new() { ServerRootCACert = rubbish },
        })
        {
            var error = await Should.ThrowAsync<ArgumentException>(TemporalConnection.ConnectAsync(new("127.0.0.1:1") { Tls = tls }));
            error.ToString().ShouldNotContain("hunter2");
        }
    }

    private static (X509Certificate2 Certificate, byte[] Pem, byte[] Key) SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        var portable = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        return (portable, Encoding.ASCII.GetBytes(made.ExportCertificatePem()), Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
    }
}
