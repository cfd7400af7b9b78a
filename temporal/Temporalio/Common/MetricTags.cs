using Temporalio.Runtime;

namespace Temporalio.Common;

/// <summary>Builds tag sets of a custom meter.</summary>
internal static class MetricTags
{
    /// <summary>Appends tags.</summary>
    /// <param name="meter">The meter that owns the form of tag sets.</param>
    /// <param name="from">A set to start from, or null.</param>
    /// <param name="tags">Tags; a value of an odd type becomes a string.</param>
    /// <returns>The set.</returns>
    public static object Append(ICustomMetricMeter meter, object? from, IEnumerable<KeyValuePair<string, object>> tags) =>
        meter.CreateTags(from, [.. tags.Select(tag => KeyValuePair.Create(tag.Key, Normalize(tag.Value)))]);

    /// <summary>Whether values of a type are floats rather than integers.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>True for float, double and decimal.</returns>
    public static bool IsFloat<T>() => typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(decimal);

    private static object Normalize(object value) => value switch
    {
        string or bool or long or double => value,
        byte or sbyte or short or ushort or int or uint => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
        float single => (double)single,
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty,
    };
}
