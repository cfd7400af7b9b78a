namespace GrpcWire;

/// <summary>One metadata entry, checked when made, so that no caller can smuggle a header line into a request.</summary>
public sealed class GrpcMetadataEntry
{
    /// <summary>Initializes a new instance of the <see cref="GrpcMetadataEntry"/> class with text.</summary>
    /// <param name="name">ASCII letters, digits, <c>-</c>, <c>_</c>, <c>.</c>; lower-cased here; not ending in <c>-bin</c>.</param>
    /// <param name="text">Printable ASCII (0x20 to 0x7E).</param>
    /// <exception cref="ArgumentException">A name or value that gRPC does not allow.</exception>
    public GrpcMetadataEntry(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Name = Normalize(name);
        if (IsBinary(Name)) throw new ArgumentException($"Metadata '{Name}' ends in -bin, so its value must be bytes", nameof(name));
        if (!IsPrintableAscii(text)) throw new ArgumentException($"The value of metadata '{Name}' must be printable ASCII", nameof(text));
        Text = text;
    }

    /// <summary>Initializes a new instance of the <see cref="GrpcMetadataEntry"/> class with bytes.</summary>
    /// <param name="name">As for text, but ending in <c>-bin</c>.</param>
    /// <param name="bytes">The value; not copied.</param>
    /// <exception cref="ArgumentException">A name that gRPC does not allow.</exception>
    public GrpcMetadataEntry(string name, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        Name = Normalize(name);
        if (!IsBinary(Name)) throw new ArgumentException($"Metadata '{Name}' carries bytes, so its name must end in -bin", nameof(name));
        Bytes = bytes;
    }

    /// <summary>Gets the lower-case name.</summary>
    public string Name { get; }

    /// <summary>Gets the text, or null for a binary entry.</summary>
    public string? Text { get; }

    /// <summary>Gets the bytes, or null for a text entry.</summary>
    public byte[]? Bytes { get; }

    /// <summary>Gets the value as it travels: the text, or base64 without padding.</summary>
    internal string WireValue => Text ?? Convert.ToBase64String(Bytes!).TrimEnd('=');

    private static bool IsBinary(string name) => name.EndsWith("-bin", StringComparison.Ordinal);

    private static string Normalize(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var lower = name.ToLowerInvariant();
        foreach (var c in lower)
        {
            if (!(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.'))
                throw new ArgumentException("A metadata name may hold only ASCII letters, digits, '-', '_' and '.'", nameof(name));
        }
        return lower;
    }

    private static bool IsPrintableAscii(string value)
    {
        foreach (var c in value)
        {
            if (c is < ' ' or > '~') return false;
        }
        return true;
    }
}
