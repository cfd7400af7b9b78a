using System.Text;

namespace Temporalio.Common.EnvConfig;

/// <summary>Where a configuration value or a certificate is: in a file, or right here.</summary>
public sealed class DataSource
{
    private DataSource()
    {
    }

    /// <summary>Path of the file, if it is in one.</summary>
    public string? Path { get; private init; }

    /// <summary>The bytes, if they are here.</summary>
    public byte[]? Data { get; private init; }

    /// <summary>Names a file, which is read when it is needed.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static DataSource FromPath(string path) => string.IsNullOrEmpty(path)
        ? throw new ArgumentException("Path cannot be null or empty", nameof(path))
        : new() { Path = path };

    /// <summary>Takes text.</summary>
    /// <param name="content">The text.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentException">It is null.</exception>
    public static DataSource FromUTF8String(string content) => content is null
        ? throw new ArgumentException("Content cannot be null", nameof(content))
        : new() { Data = Encoding.UTF8.GetBytes(content) };

    /// <summary>Takes bytes.</summary>
    /// <param name="data">The bytes.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static DataSource FromBytes(byte[] data) => data is not { Length: > 0 }
        ? throw new ArgumentException("Data cannot be null or empty", nameof(data))
        : new() { Data = data };

    /// <summary>Reads what <see cref="ToDictionary"/> wrote.</summary>
    /// <param name="dictionary">Entry <c>data</c> or <c>path</c>.</param>
    /// <returns>The source, or null if there is neither.</returns>
    public static DataSource? FromDictionary(IReadOnlyDictionary<string, string>? dictionary)
    {
        if (dictionary?.TryGetValue("data", out var data) == true)
        {
            return FromUTF8String(data);
        }
        return dictionary?.TryGetValue("path", out var path) == true ? FromPath(path) : null;
    }

    /// <summary>Gets the bytes, reading the file if they are in one.</summary>
    /// <returns>The bytes.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public byte[]? GetBytes() => Data ?? (Path is null ? null : File.ReadAllBytes(Path));

    /// <summary>Writes this source as configuration.</summary>
    /// <returns>Entry <c>data</c> or <c>path</c>.</returns>
    public Dictionary<string, string>? ToDictionary() => Path is { } path
        ? new() { ["path"] = path }
        : Data is { } data ? new() { ["data"] = Encoding.UTF8.GetString(data) } : null;
}
