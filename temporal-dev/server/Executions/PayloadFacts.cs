namespace Temporalio.DevServer.Executions;

/// <summary>Payloads as the server looks at them: their size, and whether they say "nothing".</summary>
internal static class PayloadFacts
{
    /// <summary>A null, which removes a memo field or search attribute.</summary>
    public static bool IsNothing(Payload? payload) =>
        payload is null || (payload.Metadata.TryGetValue("encoding", out var encoding) && encoding.ToStringUtf8() == "binary/null")
        || payload.Data.Span.SequenceEqual("null"u8) || payload.Data.Span.SequenceEqual("[]"u8);

    /// <summary>Without the fields that say nothing; null if none is left, as the real server records it.</summary>
    public static Memo? WithoutNothing(Memo? memo)
    {
        if (memo is null)
            return null;
        var kept = memo.Clone();
        foreach (var (key, payload) in memo.Fields)
        {
            if (IsNothing(payload))
                kept.Fields.Remove(key);
        }

        return kept.Fields.Count == 0 ? null : kept;
    }

    /// <summary>Bytes of keys and data, as the real server counts maps.</summary>
    public static int Size(IEnumerable<KeyValuePair<string, Payload>> fields)
    {
        var size = 0;
        foreach (var (key, payload) in fields)
            size += key.Length + payload.Data.Length;
        return size;
    }

    public static int Size(IMessage? message) => message?.CalculateSize() ?? 0;

    /// <summary>A text as payloads, JSON.</summary>
    public static Payloads Text(string text) => new()
    {
        Payloads_ =
        {
            new Payload
            {
                Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
                Data = ByteString.CopyFrom(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(text)),
            },
        },
    };
}
