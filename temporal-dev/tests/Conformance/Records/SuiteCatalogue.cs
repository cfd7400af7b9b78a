using System.Reflection;
using Temporalio.Conformance.Tests.Behaviours;
using Temporalio.Conformance.Tests.Servers;

namespace Temporalio.Conformance.Tests.Records;

/// <summary>Every behaviour of the suite, found in its classes, and how to run one by name.</summary>
internal static class SuiteCatalogue
{
    /// <summary>The classes of behaviours, by area.</summary>
    private static readonly Dictionary<string, Type> Areas = typeof(Behaviour).Assembly.GetTypes()
        .Where(t => t.IsAbstract && t.IsSubclassOf(typeof(Behaviour)) && t.Name.EndsWith("Behaviours", StringComparison.Ordinal))
        .ToDictionary(BehaviourKey.AreaOf, StringComparer.Ordinal);

    /// <summary>All behaviours, by area and name.</summary>
    public static IReadOnlyList<BehaviourKey> All { get; } = [.. Areas
        .SelectMany(area => area.Value.GetMethods().SelectMany(m => Cases(m).Select(c => new BehaviourKey(area.Key, c.Name))))
        .OrderBy(k => k.Area, StringComparer.Ordinal).ThenBy(k => k.Test, StringComparer.Ordinal)];

    /// <summary>The areas that a set of inheritors covers.</summary>
    /// <param name="inheritors">A class whose nested classes inherit areas.</param>
    public static IEnumerable<string> AreasOf(Type inheritors) =>
        inheritors.GetNestedTypes().Select(BehaviourKey.AreaOf);

    /// <summary>All areas.</summary>
    public static IEnumerable<string> AllAreas => Areas.Keys;

    /// <summary>Runs one behaviour on a server; what it sees is in the ledger afterwards. Its failure is recorded there, too.</summary>
    /// <param name="inheritors">The class whose nested classes stand for this server.</param>
    /// <param name="server">The server, initialised.</param>
    /// <param name="key">The behaviour.</param>
    public static async Task RunAsync(Type inheritors, ConformanceServer server, BehaviourKey key)
    {
        var type = inheritors.GetNestedTypes().Single(t => BehaviourKey.AreaOf(t) == key.Area);
        var area = Activator.CreateInstance(type, server)!;
        var (method, arguments) = type.GetMethods().SelectMany(m => Cases(m).Where(c => c.Name == key.Test).Select(c => (m, c.Arguments))).Single();
        var run = (Task)method.Invoke(area, arguments)!;
        await run.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    /// <summary>The behaviours that a test method stands for: itself, or one for each first argument of its data.</summary>
    private static IEnumerable<(string Name, object?[] Arguments)> Cases(MethodInfo method)
    {
        if (method.GetCustomAttribute<FactAttribute>() is null)
        {
            return [];
        }
        var data = method.GetCustomAttributes<InlineDataAttribute>().Select(a => a.Data).ToArray();
        return data.Length == 0 ? [(method.Name, [])] : data.Select(d => (Behaviour.CaseName(d[0], method.Name), d));
    }
}
