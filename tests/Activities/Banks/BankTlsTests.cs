using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Settlement.Activities.Banks;

namespace Settlement.Activities.Tests.Banks;

/// <summary>Mutual TLS: whom we show ourselves to, and whom we believe.</summary>
public sealed class BankTlsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bank-tls-test-");
    private readonly X509Certificate2 authority = Issue("Test Authority", null);
    private readonly BankInstruction instruction = BankClients.Instruction();

    public void Dispose()
    {
        authority.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Submit_BothSidesKnowEachOther_ShowsOurCertificate()
    {
        await using var bank = Bank(authority);
        using var banks = Clients(bank, ClientSettings());

        (await banks.Client.SubmitAsync(instruction, Patience)).ShouldBeOfType<BankAnswer.Accepted>();

        bank.ClientNames.ShouldBe(["settlement-client"]);
    }

    [Fact]
    public async Task Submit_TheBankIsOfAnotherAuthority_IsNotSent()
    {
        using var stranger = Issue("Stranger", null);
        await using var bank = Bank(stranger);
        using var banks = Clients(bank, ClientSettings());

        (await banks.Client.SubmitAsync(instruction, Patience)).ShouldBeOfType<BankAnswer.NotSent>();

        bank.Requests.ShouldAllBe(request => request.Length == 0, "TLS 1.3 lets the server finish first, but no byte of ours may follow");
    }

    [Fact]
    public async Task Submit_TheBankHasAnotherName_IsNotSent()
    {
        await using var bank = Bank(authority, IPAddress.Parse("127.0.0.9"));
        using var banks = Clients(bank, ClientSettings());

        (await banks.Client.SubmitAsync(instruction, Patience)).ShouldBeOfType<BankAnswer.NotSent>();
    }

    [Fact]
    public void Configuration_AFileIsMissing_StopsWithTheBanksName()
    {
        using var banks = new BankClients("https://127.0.0.1:1", ("TrustedCaPath", "/does/not/exist.pem"));

        Should.Throw<Microsoft.Extensions.Options.OptionsValidationException>(() => banks.Directory).Message
            .ShouldSatisfyAllConditions(message => message.ShouldContain("Banks:simbank"), message => message.ShouldContain("/does/not/exist.pem"));
    }

    [Theory]
    [InlineData("ftp://bank.example")]
    [InlineData("not an address")]
    [InlineData("/relative")]
    public void Configuration_WrongAddress_StopsWithTheBanksName(string address)
    {
        using var banks = new BankClients(address);

        Should.Throw<Exception>(() => banks.Directory).ToString().ShouldContain("simbank", Case.Insensitive);
    }

    private static BankClients Clients(StubBank bank, (string, string)[] settings) => new($"https://127.0.0.1:{bank.Port}", settings);

    private StubBank Bank(X509Certificate2 issuer, IPAddress? name = null)
    {
        using var certificate = Issue("bank", issuer, name ?? IPAddress.Loopback);
        var tls = new SslServerAuthenticationOptions
        {
            ServerCertificate = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null),
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && shown.Issuer == authority.Subject,
        };
        var body = $$"""{"uetr":"{{instruction.Uetr}}","status":"ACSP","currency":"USD","as_of":"2026-01-01T00:00:00Z"}""";
        return new StubBank(StubBank.Says(202, body), tls);
    }

    private (string, string)[] ClientSettings()
    {
        using var certificate = Issue("settlement-client", authority);
        return
        [
            ("ClientCertificatePath", Write("client.pem", certificate.ExportCertificatePem())),
            ("ClientKeyPath", Write("client.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem())),
            ("TrustedCaPath", Write("ca.pem", authority.ExportCertificatePem())),
        ];
    }

    private string Write(string file, string text)
    {
        var path = Path.Combine(folder.FullName, file);
        File.WriteAllText(path, text);
        return path;
    }

    private static X509Certificate2 Issue(string name, X509Certificate2? issuer, IPAddress? address = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, true));
        if (address is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(address);
            request.CertificateExtensions.Add(names.Build());
        }

        var from = DateTimeOffset.UtcNow.AddHours(-1);
        if (issuer is null)
            return request.CreateSelfSigned(from, from.AddDays(2));
        using var issued = request.Create(issuer, from, from.AddDays(1), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
