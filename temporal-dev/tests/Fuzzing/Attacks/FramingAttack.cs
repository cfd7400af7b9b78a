using System.IO.Compression;
using Temporalio.Fuzzing.Wire;

namespace Temporalio.Fuzzing.Attacks;

/// <summary>gRPC frames that are not what they say: lengths, flags, gzip that is cut, damaged, or a bomb.</summary>
internal sealed class FramingAttack(string ownNamespace) : IAttack
{
    private const int OverTheLimit = 5 * 1024 * 1024;
    private const int BombBytes = 256 * 1024 * 1024;

    private static readonly Lazy<byte[]> Bomb = new(() => Gzip(new byte[BombBytes]));

    public string Name => "broken frames";

    public int Share => 12;

    // The last stands for frames that cannot be unpacked at all; a handler that fails says it in other words.
    public IReadOnlyList<string> WordsOfTheLibrary { get; } =
        ["Incomplete message.", "Additional data after the message received.", "Request did not include grpc-encoding value with compressed message.", "Exception was thrown by handler."];

    public async Task<(string Sent, RawAnswer Answer)> RunAsync(FuzzRandom random, RawClient client, CancellationToken cancellationToken)
    {
        var method = random.Pick(Methods.All);
        var message = new MessageFuzzer(random, ownNamespace).Make(method.InputType);
        var (sent, body, encoding) = Body(random, message);
        var answer = await client.SendAsync(
            new RawCall { Path = Methods.Path(method), Body = body, Headers = encoding is null ? [] : [("grpc-encoding", encoding)] }, cancellationToken);
        return ($"{method.Name}: {sent}", answer);
    }

    private static (string Sent, byte[] Body, string? Encoding) Body(FuzzRandom random, byte[] message)
    {
        switch (random.Below(14))
        {
            case 0: return ("no body", [], null);
            case 1: return ("part of a prefix", random.Bytes(1 + random.Below(4)), null);
            case 2: return ("more announced than sent", RawCall.Frame(message, 0, message.Length + 1 + random.Below(1000)), null);
            case 3: return ("less announced than sent", RawCall.Frame([.. message, 1, 2, 3], 0, message.Length), null);
            case 4: return ("two gigabytes announced", RawCall.Frame(message, 0, int.MaxValue), null);
            case 5: return ("a negative length", RawCall.Frame(message, 0, -1), null);
            case 6: return ("an unknown flag", RawCall.Frame(message, (byte)(2 + random.Below(250))), null);
            case 7: return ("compressed without an encoding", RawCall.Frame(Gzip(message), 1), null);
            case 8: return ("an unknown encoding", RawCall.Frame(message, 1), random.Pick(["br", "zstd", "deflate", "gzip,gzip", "GZIP", "snappy"]));
            case 9:
                var packed = Gzip(message.Length > 0 ? message : [1]);
                return ("truncated gzip", RawCall.Frame(packed[..random.Below(packed.Length)], 1), "gzip");
            case 10: return ("damaged gzip", RawCall.Frame(random.Damage(Gzip(message)), 1), "gzip");
            case 11: return ("a gzip bomb", RawCall.Frame(Bomb.Value, 1), "gzip");
            case 12: return ("an oversized message", RawCall.Frame(new byte[OverTheLimit]), null);
            default: return ("two messages", [.. RawCall.Frame(message), .. RawCall.Frame(message)], null);
        }
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
