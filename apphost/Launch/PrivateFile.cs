namespace Settlement.AppHost.Launch;

/// <summary>Files that only their owner may read.</summary>
internal static class PrivateFile
{
    /// <summary>Creates or replaces the file with mode 0600 from its first byte on.</summary>
    public static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }
}
