using Google.Protobuf;

namespace GrpcWire.Internal;

/// <summary>Reads the responses of a server-streaming call.</summary>
internal static class GrpcResponses
{
    public static async IAsyncEnumerable<TResponse> ReadAsync<TResponse>(
        HttpMessageInvoker invoker, Func<HttpRequestMessage> buildRequest, MessageParser<TResponse> parser, GrpcCallOptions call, int maxBytes)
        where TResponse : IMessage<TResponse>
    {
        using var lifetime = new GrpcCallLifetime(call);
        using var message = buildRequest();
        using var response = await Guard(lifetime, () => invoker.SendAsync(message, lifetime.Token));
        GrpcResponseHead.ThrowIfFailed(response);
        var encoding = GrpcResponseHead.Encoding(response);
        await using var body = await Guard(lifetime, () => response.Content.ReadAsStreamAsync(lifetime.Token));
        using var frames = new GrpcFrameReader(body, maxBytes);
        while (await Guard(lifetime, () => frames.ReadAsync(lifetime.Token).AsTask()) is { } frame)
        {
            yield return GrpcMessageDecoder.Decode(parser, frame, encoding, maxBytes);
        }
        GrpcResponseHead.ThrowIfTrailersFailed(response);
    }

    // An iterator cannot yield inside try-catch, so each step is translated by itself.
    private static async Task<T> Guard<T>(GrpcCallLifetime lifetime, Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception e) when (lifetime.Explain(e) is { } explained)
        {
            throw explained;
        }
    }
}
