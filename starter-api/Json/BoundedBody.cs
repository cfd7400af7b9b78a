using Settlement.StarterApi.Problems;

namespace Settlement.StarterApi.Json;

/// <summary>Reads a body into memory up to a limit, whatever the caller says about its length.</summary>
public static class BoundedBody
{
    /// <exception cref="ApiProblemException">The body is larger than <paramref name="limit"/> bytes.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, int limit, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ContentLength > limit)
            throw TooLarge(limit);
        using var buffer = new MemoryStream((int)(request.ContentLength ?? 1024));
        var chunk = new byte[Math.Min(limit + 1, 16 * 1024)];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancel)) > 0)
        {
            if (buffer.Length + read > limit)
                throw TooLarge(limit);
            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    private static ApiProblemException TooLarge(int limit) =>
        new(new ApiProblem(ProblemTypes.BodyTooLarge, $"At most {limit} bytes are taken."));
}
