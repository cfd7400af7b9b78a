using System.Globalization;
using System.Text;

namespace Temporalio.Runtime.Prometheus;

/// <summary>Labels of one series, in the order of their names. Equal if they read the same.</summary>
internal sealed class LabelSet : IEquatable<LabelSet>
{
    /// <summary>Initializes a new instance of the <see cref="LabelSet"/> class.</summary>
    /// <param name="from">Labels to start with.</param>
    /// <param name="more">Labels that are added, or replace those of the same name.</param>
    internal LabelSet(IReadOnlyDictionary<string, string>? from, IReadOnlyCollection<KeyValuePair<string, object>> more)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in from ?? new Dictionary<string, string>())
        {
            labels[name] = value;
        }
        foreach (var (name, value) in more)
        {
            labels[Sanitize(name)] = value switch
            {
                bool flag => flag ? "true" : "false",
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString() ?? string.Empty,
            };
        }
        Labels = labels;
        Text = string.Join(',', labels.Select(label => $"{label.Key}=\"{Escape(label.Value)}\""));
    }

    /// <summary>Gets the labels.</summary>
    internal IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary>Gets the labels as they are written, without braces.</summary>
    internal string Text { get; }

    /// <inheritdoc/>
    public bool Equals(LabelSet? other) => other?.Text == Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Makes a name that Prometheus takes.</summary>
    /// <param name="name">Any name.</param>
    /// <returns>Letters, digits and underscores, no digit first.</returns>
    internal static string Sanitize(string name)
    {
        var text = new StringBuilder(name.Length + 1);
        foreach (var c in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_');
        }
        return text.Length == 0 || char.IsAsciiDigit(text[0]) ? "_" + text : text.ToString();
    }

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
