using System.Collections.Concurrent;
using System.Text;
using Temporalio.Fuzzing.Attacks;
using Temporalio.Fuzzing.Wire;

namespace Temporalio.Fuzzing;

/// <summary>
/// Attacks a server with seeded cases and says what it should not have done: died, stopped answering, failed inside a handler, shown or changed what belongs to another
/// namespace. It makes two namespaces there; run it against servers that exist for it.
/// </summary>
public static class FuzzRun
{
    private const string Attacker = "attacker";
    private const int MaxFindings = 50;

    private static readonly byte[] Secret = Encoding.UTF8.GetBytes(Victim.Secret);

    /// <summary>Runs all cases.</summary>
    /// <param name="options">What and how much.</param>
    /// <param name="cancellationToken">Ends early with an exception.</param>
    /// <returns>What happened.</returns>
    /// <exception cref="InvalidOperationException">The server cannot even be set up.</exception>
    public static async Task<FuzzReport> RunAsync(FuzzOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var client = new RawClient(options.Address);
        var rpc = new Rpc(client);
        var victim = new Victim("victim");
        await victim.SetUpAsync(rpc, Attacker, cancellationToken);
        var built = await Methods.BuiltAsync(client, cancellationToken);
        var attacks = new IAttack[]
        {
            new RandomMessageAttack(Attacker, built), new CommandAttack(Attacker), new FilterAttack(Attacker), new FramingAttack(Attacker),
            new RequestAttack(), new SocketAttack(options.Address), new CrossNamespaceAttack(victim, Attacker),
        };
        var (cases, answers, findings) = (new ConcurrentDictionary<string, int>(), new ConcurrentDictionary<string, int>(), new ConcurrentQueue<FuzzFinding>());
        var numbers = options.OnlyCase is { } only ? [only] : Enumerable.Range(0, options.Cases);
        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce, CancellationToken = cancellationToken }, async (number, token) =>
        {
            if (findings.Count >= MaxFindings)
                return;
            var random = new FuzzRandom(HashCode(options.Seed, number));
            var attack = Choose(attacks, random);
            cases.AddOrUpdate(attack.Name, 1, (_, count) => count + 1);
            var (sent, kind, problem) = await TryAsync(attack, random, client, token);
            answers.AddOrUpdate(kind, 1, (_, count) => count + 1);
            if (problem is not null)
                findings.Enqueue(new FuzzFinding(number, attack.Name, sent, problem));
            if (!await IsServingAsync(client, token))
                findings.Enqueue(new FuzzFinding(number, attack.Name, sent, "afterwards the server was not healthy"));
        });
        foreach (var damage in await victim.DamageAsync(rpc, cancellationToken))
            findings.Enqueue(new FuzzFinding(-1, "all", "everything", damage));
        return new FuzzReport(cases, answers, [.. findings.OrderBy(f => f.Case)]);
    }

    private static async Task<(string Sent, string Kind, string? Problem)> TryAsync(IAttack attack, FuzzRandom random, RawClient client, CancellationToken cancellationToken)
    {
        try
        {
            var (sent, answer) = await attack.RunAsync(random, client, cancellationToken);
            return (sent, answer.Kind, ProblemOf(answer, attack));
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            // Nothing came at all, or an ordinary call within the attack failed.
            return ("see the case", "none", e.Message);
        }
    }

    /// <summary>What is wrong with an answer, or null. Anything is allowed that says no, and nothing that says the server did not know what it was doing.</summary>
    private static string? ProblemOf(RawAnswer answer, IAttack attack)
    {
        var message = Uri.UnescapeDataString(answer.Message);
        if (Contains(answer.Body) || message.Contains(Victim.Secret, StringComparison.Ordinal) || (answer.Details is { } details && Contains(Decode(details))))
            return "the answer holds the other namespace's secret";
        var isRefusedUnread = answer.GrpcStatus is 2 or 13 && attack.WordsOfTheLibrary.Any(words => message.StartsWith(words, StringComparison.Ordinal));
        return answer switch
        {
            { GrpcStatus: 2 } when !isRefusedUnread => $"UNKNOWN: {message}",
            { GrpcStatus: 13 } when !isRefusedUnread && !message.StartsWith("grpc: malformed", StringComparison.Ordinal) => $"INTERNAL: {message}",
            { GrpcStatus: 15 } => $"DATA_LOSS: {message}",
            { HttpStatus: >= 500 and not 505 } => $"HTTP {answer.HttpStatus}",
            { HttpStatus: 200, GrpcStatus: null } => "HTTP 200 without a gRPC status",
            _ => null,
        };
    }

    private static async Task<bool> IsServingAsync(RawClient client, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.SendAsync(new RawCall { Path = "/grpc.health.v1.Health/Check", Body = RawCall.Frame([]), Timeout = "20S" }, cancellationToken);
            // One frame with status = SERVING (field 1, varint 1).
            return answer is { GrpcStatus: 0, Body: [_, _, _, _, 2, 8, 1] };
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static IAttack Choose(IAttack[] attacks, FuzzRandom random)
    {
        var ticket = random.Below(attacks.Sum(a => a.Share));
        return attacks.First(a => (ticket -= a.Share) < 0);
    }

    // Not System.HashCode: that one is different in every process, and a seed must mean the same everywhere.
    private static int HashCode(int seed, int number) => unchecked((seed * 1_000_003) ^ (number * 7_919) ^ 0x5bd1e995);

    private static bool Contains(byte[] bytes) => bytes.AsSpan().IndexOf(Secret) >= 0;

    private static byte[] Decode(string base64)
    {
        var buffer = new byte[base64.Length];
        return Convert.TryFromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='), buffer, out var written) ? buffer[..written] : [];
    }
}

/// <summary>What to attack, and how much.</summary>
/// <param name="Address">The server, <c>http://host:port</c>, HTTP/2 without TLS.</param>
/// <param name="Seed">Fixes every case. The order in which the server sees concurrent cases it cannot fix.</param>
/// <param name="Cases">How many.</param>
/// <param name="AtOnce">How many at the same time.</param>
public sealed record FuzzOptions(Uri Address, int Seed, int Cases, int AtOnce = 8)
{
    /// <summary>Gets the number of the only case to run, to look at one finding again; null for all.</summary>
    public int? OnlyCase { get; init; }
}

/// <summary>What became of a run.</summary>
/// <param name="CasesByAttack">How many cases each attack had.</param>
/// <param name="AnswersByStatus">How often each answer came.</param>
/// <param name="Findings">What must not happen and did.</param>
public sealed record FuzzReport(IReadOnlyDictionary<string, int> CasesByAttack, IReadOnlyDictionary<string, int> AnswersByStatus, IReadOnlyList<FuzzFinding> Findings);

/// <summary>Something that a server must not do, whatever it is sent.</summary>
/// <param name="Case">Number of the case; with the run's seed it says everything about what was sent.</param>
/// <param name="Attack">Kind of attack.</param>
/// <param name="Sent">What was sent, in words.</param>
/// <param name="Problem">What is wrong with the answer.</param>
public sealed record FuzzFinding(int Case, string Attack, string Sent, string Problem)
{
    public override string ToString() => $"case {Case} ({Attack}): {Sent}: {Problem}";
}
