using Newtonsoft.Json;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Settlement.AppHost.Samples;

/// <summary>The JSON Schema of a sample, built into the program so that any folder of samples can be checked.</summary>
public sealed class SampleSchema
{
    private const string ResourceName = "settlement-sample.schema.json";
    private const int MaxReportedFaults = 20;
    private readonly JsonSchema schema;

    private SampleSchema(JsonSchema schema) => this.schema = schema;

    /// <summary>Reads the built-in schema.</summary>
    public static SampleSchema Load()
    {
        using var stream = typeof(SampleSchema).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The program was built without {ResourceName}.");
        using var reader = new StreamReader(stream);
        return new SampleSchema(JsonSchema.FromJsonAsync(reader.ReadToEnd()).GetAwaiter().GetResult());
    }

    /// <summary>All breaches of the schema; empty if it is kept.</summary>
    public IReadOnlyList<SampleFault> Validate(string file, string json)
    {
        try
        {
            var faults = new List<SampleFault>();
            foreach (var error in schema.Validate(json))
                AddFaults(faults, file, error);
            return faults.DistinctBy(fault => (fault.Path, fault.Reason)).Take(MaxReportedFaults).ToArray();
        }
        catch (JsonReaderException error)
        {
            return [new SampleFault(file, PathOf(error.Path), $"is no JSON: line {error.LineNumber}, column {error.LinePosition}")];
        }
    }

    private static void AddFaults(List<SampleFault> faults, string file, ValidationError error)
    {
        // Alternatives: what is wrong inside them says more than that none fits, unless it is only that none is there.
        if (error is ChildSchemaValidationError { Errors: var alternatives }
            && alternatives.Values.SelectMany(inner => inner).Where(inner => inner.Kind is not ValidationErrorKind.PropertyRequired).ToArray() is { Length: > 0 } telling)
        {
            foreach (var inner in telling)
                AddFaults(faults, file, inner);
            return;
        }

        faults.Add(new SampleFault(file, PathOf(error.Path), ReasonOf(error)));
    }

    private static string PathOf(string? path)
    {
        var trimmed = (path ?? "").TrimStart('#').TrimStart('/');
        return trimmed.Length == 0 ? "$" : "$." + trimmed;
    }

    private static string ReasonOf(ValidationError error) => error.Kind switch
    {
        ValidationErrorKind.PropertyRequired => "is missing",
        ValidationErrorKind.NoAdditionalPropertiesAllowed => "is no member of the format",
        ValidationErrorKind.PatternMismatch => $"must match {error.Schema.Pattern}",
        ValidationErrorKind.NotInEnumeration => $"must be one of {string.Join(", ", error.Schema.ActualSchema.Enumeration)}",
        ValidationErrorKind.StringExpected => "must be a string",
        ValidationErrorKind.NumberExpected or ValidationErrorKind.IntegerExpected => "must be a number (whole, if the schema says integer)",
        ValidationErrorKind.BooleanExpected => "must be true or false",
        ValidationErrorKind.ArrayExpected => "must be an array",
        ValidationErrorKind.ObjectExpected => "must be an object",
        ValidationErrorKind.NumberTooSmall => $"must be at least {error.Schema.Minimum}",
        ValidationErrorKind.NumberTooBig => $"must be at most {error.Schema.Maximum}",
        ValidationErrorKind.StringTooShort => $"must have at least {error.Schema.MinLength} characters",
        ValidationErrorKind.StringTooLong => $"must have at most {error.Schema.MaxLength} characters",
        ValidationErrorKind.TooFewItems => $"must have at least {error.Schema.MinItems} members",
        ValidationErrorKind.TooManyItems => $"must have at most {error.Schema.MaxItems} members",
        ValidationErrorKind.NotOneOf or ValidationErrorKind.NotAnyOf or ValidationErrorKind.NotAllOf or ValidationErrorKind.ExcludedSchemaValidates =>
            "must have either a refusal, or a path with bank_executions",
        _ => $"breaks the schema ({error.Kind})",
    };
}
