using System.Collections;

namespace GrpcWire;

/// <summary>
/// An immutable list of gRPC metadata (HTTP/2 headers or trailers). Names are lower case; a name that ends in <c>-bin</c> carries
/// bytes (base64 on the wire), any other printable ASCII.
/// </summary>
public sealed class GrpcMetadata : IReadOnlyCollection<GrpcMetadataEntry>
{
    private readonly GrpcMetadataEntry[] entries;

    /// <summary>Initializes a new instance of the <see cref="GrpcMetadata"/> class.</summary>
    /// <param name="entries">Entries, kept in this order.</param>
    public GrpcMetadata(IEnumerable<GrpcMetadataEntry> entries) => this.entries = entries.ToArray();

    /// <summary>Gets the empty list.</summary>
    public static GrpcMetadata Empty { get; } = new([]);

    /// <inheritdoc />
    public int Count => entries.Length;

    /// <summary>Finds the first value of a text entry.</summary>
    /// <param name="name">Lower-case name.</param>
    /// <returns>The value, or null if absent or binary.</returns>
    public string? GetText(string name)
    {
        foreach (var entry in entries)
        {
            if (entry.Name == name && entry.Text is not null) return entry.Text;
        }
        return null;
    }

    /// <summary>Finds the first value of a binary entry.</summary>
    /// <param name="name">Lower-case name, ending in <c>-bin</c>.</param>
    /// <returns>The bytes, or null if absent.</returns>
    public byte[]? GetBytes(string name)
    {
        foreach (var entry in entries)
        {
            if (entry.Name == name && entry.Bytes is not null) return entry.Bytes;
        }
        return null;
    }

    /// <summary>Whether an entry of that name exists.</summary>
    /// <param name="name">Lower-case name.</param>
    /// <returns>True if it does.</returns>
    public bool Contains(string name) => Array.Exists(entries, e => e.Name == name);

    /// <summary>Enumerates without allocating.</summary>
    /// <returns>The entries.</returns>
    public ReadOnlySpan<GrpcMetadataEntry> AsSpan() => entries;

    /// <inheritdoc />
    public IEnumerator<GrpcMetadataEntry> GetEnumerator() => ((IEnumerable<GrpcMetadataEntry>)entries).GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
