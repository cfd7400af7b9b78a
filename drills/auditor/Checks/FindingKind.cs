using System.Text.Json.Serialization;

namespace Settlement.Auditor.Checks;

/// <summary>What became of the money.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingKind>))]
internal enum FindingKind
{
    /// <summary>It should be somewhere and is not.</summary>
    Lost,

    /// <summary>It moved more often than it should.</summary>
    Doubled,

    /// <summary>It is held, or under way, and nothing will move it.</summary>
    Stranded,

    /// <summary>The books contradict themselves.</summary>
    Wrong,
}
