using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Temporalio.DevServer.Tests.Support;

/// <summary>A client of any method of any service, with the library that most .NET clients use.</summary>
internal sealed class TestChannel(Uri address, SslClientAuthenticationOptions? tls = null) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly GrpcChannel channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler { SslOptions = tls ?? new SslClientAuthenticationOptions(), ConnectTimeout = Patience },
        DisposeHttpClient = true,
        MaxReceiveMessageSize = null,
        MaxSendMessageSize = null,
    });

    /// <summary>Trusts one authority, and shows a certificate if there is one.</summary>
    public static SslClientAuthenticationOptions Tls(X509Certificate2 authority, X509Certificate2? own = null)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority);
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy, ClientCertificates = own is null ? null : [own] };
    }

    public async Task<TResponse> UnaryAsync<TResponse>(string service, string method, IMessage request, TimeSpan? timeout = null)
        where TResponse : class, IMessage<TResponse>, new() =>
        await channel.CreateCallInvoker().AsyncUnaryCall(Define<TResponse>(MethodType.Unary, service, method), null, Options(timeout), request);

    public async IAsyncEnumerable<TResponse> StreamAsync<TResponse>(string service, string method, IMessage request)
        where TResponse : class, IMessage<TResponse>, new()
    {
        using var call = channel.CreateCallInvoker().AsyncServerStreamingCall(Define<TResponse>(MethodType.ServerStreaming, service, method), null, Options(null), request);
        await foreach (var response in call.ResponseStream.ReadAllAsync())
            yield return response;
    }

    public void Dispose() => channel.Dispose();

    private static CallOptions Options(TimeSpan? timeout) => new(deadline: DateTime.UtcNow + (timeout ?? Patience));

    private static Method<IMessage, TResponse> Define<TResponse>(MethodType type, string service, string method)
        where TResponse : class, IMessage<TResponse>, new() => new(
        type,
        service,
        method,
        Marshallers.Create<IMessage>(request => request.ToByteArray(), _ => throw new NotSupportedException()),
        Marshallers.Create<TResponse>(response => response.ToByteArray(), new MessageParser<TResponse>(() => new TResponse()).ParseFrom));
}
