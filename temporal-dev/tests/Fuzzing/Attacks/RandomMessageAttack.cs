using Google.Protobuf.Reflection;
using Temporalio.Fuzzing.Wire;

namespace Temporalio.Fuzzing.Attacks;

/// <summary>Well-formed requests that make no sense, to every method; some damaged on the way.</summary>
internal sealed class RandomMessageAttack(string ownNamespace, IReadOnlyList<MethodDescriptor> built) : IAttack
{
    // What these do to the attacker's own namespace they may do; but then the rest of the run would go nowhere.
    private static readonly HashSet<string> OnNamespaces = ["DeleteNamespace", "UpdateNamespace", "DeprecateNamespace"];

    public string Name => "random messages";

    public int Share => 45;

    public async Task<(string Sent, RawAnswer Answer)> RunAsync(FuzzRandom random, RawClient client, CancellationToken cancellationToken)
    {
        var method = random.Pick(random.Chance(95) ? built : Methods.All);
        var fuzzer = new MessageFuzzer(random, OnNamespaces.Contains(method.Name) ? "gone" + random.Below(5) : ownNamespace);
        var message = fuzzer.Make(method.InputType);
        var damaged = random.Chance(25);
        if (damaged)
            message = random.Damage(message);
        var answer = await client.SendAsync(new RawCall { Path = Methods.Path(method), Body = RawCall.Frame(message), Timeout = random.Pick(["2500m", "900m", "3S"]) }, cancellationToken);
        return ($"{method.Name} with {message.Length} bytes{(damaged ? ", damaged" : "")}", answer);
    }
}
