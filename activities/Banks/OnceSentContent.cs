using System.Net;
using System.Net.Http.Headers;

namespace Settlement.Activities.Banks;

/// <summary>
/// A body that remembers whether its bytes were ever handed to a connection. Until then the bank cannot have acted on the request;
/// exceptions alone do not tell, since a reset looks the same before and after.
/// </summary>
internal sealed class OnceSentContent : HttpContent
{
    private readonly byte[] body;
    private volatile bool sent;

    public OnceSentContent(byte[] body)
    {
        this.body = body;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>False: provably no byte of the body has left.</summary>
    public bool Sent => sent;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        sent = true;
        await stream.WriteAsync(body, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
