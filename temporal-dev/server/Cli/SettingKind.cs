namespace Temporalio.DevServer.Cli;

/// <summary>How an argument is written.</summary>
internal enum SettingKind
{
    /// <summary>Alone.</summary>
    Flag,

    /// <summary>With a value; the last one counts.</summary>
    Value,

    /// <summary>With a value, any number of times; in the environment separated by commas.</summary>
    List,
}
