namespace Temporalio.DevServer.Cli;

/// <summary>Sorts arguments into settings, words and what is unknown; the environment fills in what is not given.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, Setting> spellings = [];
    private readonly Dictionary<Setting, List<string>> values = [];
    private readonly List<string> words = [];
    private readonly List<string> ignored = [];
    private readonly Func<string, string?> environment;

    public Arguments(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        this.environment = environment;
        foreach (var setting in Settings.All)
        {
            foreach (var spelling in setting.Aliases.Prepend("--" + setting.Name))
                spellings.Add(spelling, setting);
        }
        for (var i = 0; i < args.Count; i++)
            i += Take(args[i], i + 1 < args.Count ? args[i + 1] : null);
    }

    /// <summary>Gets what stands alone: the command, or a port.</summary>
    public IReadOnlyList<string> Words => words;

    /// <summary>Gets the unknown arguments. Values are left out: nobody knows what they are.</summary>
    public IReadOnlyList<string> Ignored => ignored;

    public bool Has(Setting flag) => values.ContainsKey(flag);

    /// <summary>Whether the setting stands among the arguments, whatever the environment says.</summary>
    public bool IsGiven(Setting setting) => values.ContainsKey(setting);

    public string? Value(Setting setting) => values.TryGetValue(setting, out var given) ? given[^1] : NullIfEmpty(environment(setting.Variable));

    public IReadOnlyList<string> List(Setting setting) => values.TryGetValue(setting, out var given) ? given
        : environment(setting.Variable)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private int Take(string argument, string? next)
    {
        if (argument.Length < 2 || argument[0] != '-')
        {
            words.Add(argument);
            return 0;
        }
        var parts = argument.Split('=', 2);
        if (!spellings.TryGetValue(parts[0], out var setting))
        {
            ignored.Add(parts[0]);
            // What follows an unknown argument, and is none itself, is taken for its value.
            return parts.Length == 1 && next is not null && !next.StartsWith('-') ? 1 : 0;
        }
        if (!values.TryGetValue(setting, out var given))
            values.Add(setting, given = []);
        if (setting.Kind == SettingKind.Flag)
        {
            if (parts.Length == 2 && !bool.TryParse(parts[1], out _))
                throw new UsageException($"{parts[0]} takes no value");
            if (parts.Length == 2 && !bool.Parse(parts[1]))
                values.Remove(setting);
            return 0;
        }
        given.Add(parts.Length == 2 ? parts[1] : next ?? throw new UsageException($"{parts[0]} needs a value"));
        return parts.Length == 2 ? 0 : 1;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
