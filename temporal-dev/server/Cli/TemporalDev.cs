using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Temporalio.DevServer.Hosting;

namespace Temporalio.DevServer.Cli;

/// <summary>The program: reads its arguments, serves until it is told to end, and says in one line why it cannot.</summary>
internal static class TemporalDev
{
    /// <summary>Runs it.</summary>
    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> args, Func<string, string?> environment, TextWriter output, TextWriter errors)
    {
        try
        {
            var invocation = CommandLine.Parse(args, environment);
            if (invocation.Kind == InvocationKind.Serve)
                return await ServeAsync(invocation, output, errors);
            await output.WriteAsync(invocation.Words);
            return ExitCode.Ok;
        }
        catch (UsageException e)
        {
            return await FailAsync(errors, ExitCode.Usage, e.Message);
        }
        catch (ServerStartException e)
        {
            return await FailAsync(errors, e.ExitCode, e.Message);
        }
    }

    private static async Task<ExitCode> ServeAsync(Invocation invocation, TextWriter output, TextWriter errors)
    {
        // Before anything that takes time, so that an early signal ends us cleanly, too.
        using var signals = new EndSignals();
        foreach (var ignored in invocation.Ignored)
            await errors.WriteLineAsync($"temporal-dev: goes on without {ignored}, which it does not know");
        using var logs = Loggers.Create(invocation.Settings);
        var options = invocation.Options with { Logs = logs, Tls = LoadTls(invocation.Settings) };
        try
        {
            await using var server = await DevServer.StartAsync(options, signals.Token);
            await StartLines.WriteAsync(output, options, invocation.Settings, server);
            var ended = await Task.WhenAny(signals.Received, server.Broken);
            return ended == server.Broken
                ? await FailAsync(errors, ExitCode.Fenced, (await server.Broken).Message)
                : ExitCode.Ok;
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }
        catch (RpcException e)
        {
            // What the options ask of namespaces and search attributes is refused as a caller's would be.
            throw new ServerStartException(e.Message, ExitCode.Usage, e);
        }
    }

    private static DevServerTls? LoadTls(ProcessSettings settings)
    {
        if (settings.TlsCertificateFile is not { } file)
            return null;
        try
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPemFile(file);
            return new DevServerTls
            {
                Certificate = X509Certificate2.CreateFromPemFile(file, settings.TlsKeyFile),
                Intermediates = new X509Certificate2Collection(all.Skip(1).ToArray()),
                ClientAuthorities = LoadAuthorities(settings.TlsClientAuthoritiesFile),
            };
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"TLS: {e.Message}");
        }
    }

    private static X509Certificate2Collection? LoadAuthorities(string? file)
    {
        if (file is null)
            return null;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0 ? authorities : throw new UsageException($"TLS: {file} holds no certificate");
    }

    private static async Task<ExitCode> FailAsync(TextWriter errors, ExitCode code, string message)
    {
        await errors.WriteLineAsync("temporal-dev: " + message.ReplaceLineEndings(" "));
        return code;
    }
}
