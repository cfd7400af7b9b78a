using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Temporalio.Api.History.V1;

namespace Temporalio.Common;

/// <summary>
/// The Web UI and older command lines write enumerations in short form, <c>WorkflowExecutionStarted</c> instead of
/// <c>EVENT_TYPE_WORKFLOW_EXECUTION_STARTED</c>. Protobuf's own JSON does not know these, so they are replaced, led by the
/// message descriptors.
/// </summary>
internal static class HistoryJson
{
    // As deep as Google.Protobuf reads messages; deeper JSON would be refused there anyway.
    private static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = 300 };

    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> FullNames = new();

    public static string WithFullEnumNames(string json)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(json, documentOptions: ReaderOptions);
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"History is not JSON: {e.Message}", nameof(json), e);
        }
        if (root is not JsonObject history)
        {
            throw new ArgumentException("JSON is not expected history object", nameof(json));
        }
        FixMessage(history, History.Descriptor);
        return history.ToJsonString(new JsonSerializerOptions { MaxDepth = ReaderOptions.MaxDepth });
    }

    private static void FixMessage(JsonObject message, MessageDescriptor descriptor)
    {
        // Well-known types have JSON forms of their own, without enumerations.
        if (descriptor.File.Package == "google.protobuf")
        {
            return;
        }
        foreach (var field in descriptor.Fields.InDeclarationOrder())
        {
            var name = message.ContainsKey(field.JsonName) ? field.JsonName : field.Name;
            if (message[name] is { } value)
            {
                FixField(message, name, value, field);
            }
        }
    }

    private static void FixField(JsonObject message, string name, JsonNode value, FieldDescriptor field)
    {
        if (field.IsMap)
        {
            var valueField = field.MessageType.FindFieldByName("value");
            foreach (var (key, entry) in value as JsonObject ?? [])
            {
                if (entry is not null)
                {
                    FixField((JsonObject)value, key, entry, valueField);
                }
            }
        }
        else if (field.IsRepeated)
        {
            FixElements(value as JsonArray ?? [], field);
        }
        else if (FixedValue(value, field) is { } replacement)
        {
            message[name] = replacement;
        }
    }

    private static void FixElements(JsonArray elements, FieldDescriptor field)
    {
        for (var i = 0; i < elements.Count; i++)
        {
            if (elements[i] is { } element && FixedValue(element, field) is { } replacement)
            {
                elements[i] = replacement;
            }
        }
    }

    private static JsonValue? FixedValue(JsonNode value, FieldDescriptor field)
    {
        if (field.FieldType == FieldType.Message && value is JsonObject nested)
        {
            FixMessage(nested, field.MessageType);
            return null;
        }
        return field.FieldType == FieldType.Enum
            && value.GetValueKind() == JsonValueKind.String
            && ShortToFull(field.EnumType).TryGetValue(value.GetValue<string>(), out var full)
                ? JsonValue.Create(full)
                : null;
    }

    // EVENT_TYPE_WORKFLOW_EXECUTION_STARTED -> WorkflowExecutionStarted: all value names of an enumeration begin with its own.
    private static IReadOnlyDictionary<string, string> ShortToFull(EnumDescriptor descriptor) =>
        FullNames.GetOrAdd(descriptor.FullName, _ =>
        {
            var prefix = CommonPrefix(descriptor.Name);
            return descriptor.Values
                .Where(v => v.Name.StartsWith(prefix, StringComparison.Ordinal))
                .ToDictionary(v => ToPascalCase(v.Name[prefix.Length..]), v => v.Name);
        });

    private static string CommonPrefix(string enumName) =>
        string.Concat(enumName.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}")) + "_";

    private static string ToPascalCase(string upperSnake) => string.Concat(
        upperSnake.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(w => w[..1] + w[1..].ToLowerInvariant()));
}
