using System.Text.Json;
using System.Text.Json.Serialization;

namespace Settlement.Domain;

/// <summary>
/// Name of a step within an attempt: the last part of an idempotency key. 1 to 100 characters of
/// <c>a-z 0-9 _ - : .</c>; <see cref="With"/> makes names for steps that happen several times.
/// </summary>
[JsonConverter(typeof(StepNameJsonConverter))]
public readonly record struct StepName
{
    public const int MaxLength = 100;

    public static readonly StepName Create = new("create");
    public static readonly StepName Validate = new("validate");
    public static readonly StepName Approve = new("approve");
    public static readonly StepName Schedule = new("schedule");
    public static readonly StepName Lock = new("lock");
    public static readonly StepName Transfer = new("transfer");
    public static readonly StepName Probe = new("probe");
    public static readonly StepName Confirm = new("confirm");
    public static readonly StepName Finalize = new("finalize");
    public static readonly StepName RollBack = new("roll_back");
    public static readonly StepName VoidLock = new("void_lock");
    public static readonly StepName Recall = new("recall");
    public static readonly StepName Return = new("return");
    public static readonly StepName CloseAttempt = new("close_attempt");
    public static readonly StepName Escalate = new("escalate");
    public static readonly StepName Operator = new("operator");

    private readonly string? text;

    public StepName(string text)
    {
        if (!IsValid(text))
            throw new FormatException($"'{text}' is no step name: 1 to {MaxLength} characters of a-z 0-9 _ - : .");
        this.text = text;
    }

    public string Text => text ?? throw new InvalidOperationException("An uninitialised step name has no text.");

    /// <summary>A qualified name, for example <c>StepName.Operator.With("retry", requestId)</c> is <c>operator:retry:…</c>.</summary>
    public StepName With(params ReadOnlySpan<string> parts)
    {
        var joined = Text;
        foreach (var part in parts)
            joined = $"{joined}:{part}";
        return new StepName(joined);
    }

    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= MaxLength }
        && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-' or ':' or '.');

    public override string ToString() => Text;
}

/// <summary>A step name is a plain JSON string.</summary>
public sealed class StepNameJsonConverter : JsonConverter<StepName>
{
    public override StepName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        StepName.IsValid(reader.GetString()) ? new StepName(reader.GetString()!) : throw new JsonException("The value is no step name.");

    public override void Write(Utf8JsonWriter writer, StepName value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);
}
