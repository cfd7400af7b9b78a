using System.Globalization;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Loading;

/// <summary>The search attributes of loaded runs: one of each type, with rare values and frequent ones, evenly spread.</summary>
internal static class LoadedAttributes
{
    private const int Groups = 1000;
    private const int Tags = 20;
    private static readonly string[] States = ["done", "done", "done", "held", "returned"];
    private static readonly string[] Words = ["urgent", "domestic", "payment", "purchase", "salary", "rent", "refund", "fee", "interest", "invoice"];

    /// <summary>What the namespace must know.</summary>
    public static IReadOnlyDictionary<string, IndexedValueType> Types { get; } = new Dictionary<string, IndexedValueType>(StringComparer.Ordinal)
    {
        // One of a thousand.
        ["LoadGroup"] = IndexedValueType.Keyword,
        // done (three of five), held, returned.
        ["LoadState"] = IndexedValueType.Keyword,
        // Up to three of twenty.
        ["LoadTags"] = IndexedValueType.KeywordList,
        // 0 to 9999.
        ["LoadCount"] = IndexedValueType.Int,
        // 0 to 1000, most of them different.
        ["LoadAmount"] = IndexedValueType.Double,
        // True for one of ten.
        ["LoadUrgent"] = IndexedValueType.Bool,
        // Half have one: up to three days after the start.
        ["LoadDue"] = IndexedValueType.Datetime,
        // Three of ten words and a number.
        ["LoadNote"] = IndexedValueType.Text,
    };

    /// <summary>Values for one run.</summary>
    public static SearchAttributes Draw(Random random, DateTimeOffset started)
    {
        var drawn = new SearchAttributes();
        Add("LoadGroup", FormattableString.Invariant($"group-{random.Next(Groups)}"));
        Add("LoadState", States[random.Next(States.Length)]);
        if (random.Next(4) is > 0 and var count)
            Add("LoadTags", Enumerable.Range(0, count).Select(_ => FormattableString.Invariant($"tag-{random.Next(Tags)}")).ToArray());
        Add("LoadCount", (long)random.Next(10_000));
        Add("LoadAmount", Math.Round(random.NextDouble() * 1000, 4));
        Add("LoadUrgent", random.Next(10) == 0);
        if (random.Next(2) == 0)
            Add("LoadDue", started + (random.NextDouble() * TimeSpan.FromDays(3)));
        Add("LoadNote", string.Create(CultureInfo.InvariantCulture, $"{Word()} {Word()} {Word()} no {random.Next(100_000)}"));
        return drawn;

        void Add(string name, object value) => drawn.IndexedFields[name] = SearchAttributePayloads.ToPayload(Types[name], value);

        string Word() => Words[random.Next(Words.Length)];
    }
}
