using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Settlement.StarterApi.Json;

/// <summary>The JSON of the interface: snake_case, nothing unknown, nothing twice, shallow.</summary>
public static class ApiJson
{
    /// <summary>Requests are flat; anything deeper is an attack or a mistake.</summary>
    public const int MaxDepth = 8;

    /// <summary>The options for code outside the request pipeline (stored responses, tests).</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        // Said aloud: without it the options know no type until something else has been serialised with them.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    });

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new UtcInstantConverter());
        options.Converters.Add(new IsoDateConverter());
        return options;
    }
}
