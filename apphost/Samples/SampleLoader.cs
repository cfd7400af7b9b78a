using System.Text.Json;
using System.Text.Json.Serialization;

namespace Settlement.AppHost.Samples;

/// <summary>Reads a folder of samples. It is all or nothing: one bad file refuses the folder, by name, path and reason.</summary>
public sealed class SampleLoader
{
    /// <summary>Files that a folder may have.</summary>
    public const int MaxFiles = 500;

    /// <summary>Largest file in bytes.</summary>
    public const int MaxFileBytes = 256 << 10;

    private const string SchemaSuffix = ".schema.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 16,
        // One by one: a converter for all enums would take precedence over the domain's own, which read UPPER_SNAKE.
        Converters =
        {
            new JsonStringEnumConverter<SampleActionKind>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<SampleTime>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<SampleChannel>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<SampleAnswer>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
        },
    };

    private readonly SampleSchema schema = SampleSchema.Load();

    /// <summary>All samples of a folder (<c>*.json</c> but <c>*.schema.json</c>), in the order of file names.</summary>
    /// <exception cref="SampleFormatException">The folder is missing or empty, or a file is no sample.</exception>
    public IReadOnlyList<Sample> LoadDirectory(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        if (!Directory.Exists(directory))
            throw new SampleFormatException([new SampleFault(directory, "$", "there is no such folder")]);
        var files = Directory.EnumerateFiles(directory, "*.json")
            .Where(path => !path.EndsWith(SchemaSuffix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Take(MaxFiles + 1)
            .ToArray();
        if (files.Length == 0)
            throw new SampleFormatException([new SampleFault(directory, "$", "the folder has no samples (*.json)")]);
        if (files.Length > MaxFiles)
            throw new SampleFormatException([new SampleFault(directory, "$", $"the folder has more than {MaxFiles} samples")]);

        var faults = new List<SampleFault>();
        var samples = new List<Sample>();
        foreach (var path in files)
        {
            var file = Path.GetFileName(path);
            var (sample, found) = Load(file, path);
            faults.AddRange(found);
            if (sample is null)
                continue;
            if (samples.Any(earlier => earlier.Name == sample.Name))
                faults.Add(new SampleFault(file, "$.name", "is used by another file of the folder"));
            samples.Add(sample);
        }

        return faults.Count == 0 ? samples : throw new SampleFormatException(faults);
    }

    private (Sample? Sample, IReadOnlyList<SampleFault> Faults) Load(string file, string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxFileBytes)
                return (null, [new SampleFault(file, "$", $"is larger than {MaxFileBytes} bytes")]);
            return Parse(file, File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, [new SampleFault(file, "$", "cannot be read: " + error.Message)]);
        }
    }

    /// <summary>One file's text; null with at least one fault, or a sample with none.</summary>
    internal (Sample? Sample, IReadOnlyList<SampleFault> Faults) Parse(string file, string text)
    {
        var faults = schema.Validate(file, text);
        if (faults.Count > 0)
            return (null, faults);
        try
        {
            var sample = JsonSerializer.Deserialize<Sample>(text, Json);
            if (sample is null)
                return (null, [new SampleFault(file, "$", "is empty")]);
            faults = [.. SampleRules.Check(file, sample)];
            return faults.Count == 0 ? (sample, faults) : (null, faults);
        }
        catch (JsonException error)
        {
            // The schema's reader is more lenient than ours (comments, repeated members, numbers as texts).
            return (null, [new SampleFault(file, error.Path ?? "$", "cannot be read as a sample")]);
        }
    }
}

/// <summary>One reason why a file is no sample.</summary>
/// <param name="File">File name.</param>
/// <param name="Path">JSON path of the member, <c>$</c> for the whole.</param>
/// <param name="Reason">What is wrong, in words.</param>
public sealed record SampleFault(string File, string Path, string Reason)
{
    public override string ToString() => $"{File}: {Path}: {Reason}";
}

/// <summary>A folder of samples was refused. Nothing of it was run.</summary>
public sealed class SampleFormatException(IReadOnlyList<SampleFault> faults)
    : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>All faults of all files, in the order of files; at least one.</summary>
    public IReadOnlyList<SampleFault> Faults { get; } = faults;
}
