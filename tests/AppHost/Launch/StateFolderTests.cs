using Settlement.AppHost.Launch;

namespace Settlement.AppHost.Tests.Launch;

public sealed class StateFolderTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("state-folder-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void At_FolderOfALivingRun_IsRefused()
    {
        File.WriteAllText(Path.Combine(root, "owner.pid"), "1");
        Should.Throw<AppHost.Processes.UserErrorException>(() => StateFolder.At(root)).Message.ShouldContain("process 1");
    }

    [Fact]
    public void At_FolderOfADeadRun_IsTakenOver()
    {
        File.WriteAllText(Path.Combine(root, "owner.pid"), int.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture));
        StateFolder.At(root).Path.ShouldBe(root);
    }

    [Fact]
    public void Secrets_AreMadeOnce_AndOnlyTheirOwnerMayRead()
    {
        var folder = StateFolder.At(root);
        var first = RunSecrets.LoadOrCreate(folder);
        RunSecrets.LoadOrCreate(folder).ShouldBe(first);
        File.GetUnixFileMode(folder.Secrets).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Convert.FromBase64String(first.TokenSigningKey).Length.ShouldBe(32);
        Convert.FromBase64String(first.ActionSigningKey).Length.ShouldBe(32);
        first.ActionSigningKey.ShouldNotBe(first.TokenSigningKey);
    }

    [Fact]
    public void Secrets_OfAFolderFromBeforeActionsWereSigned_AreKeptAndCompleted()
    {
        var folder = StateFolder.At(root);
        File.WriteAllText(folder.Secrets, """{"token_signing_key":"token","bank_message_secret":"bank","user_password":"user"}""");

        var completed = RunSecrets.LoadOrCreate(folder);

        completed.ShouldBe(new RunSecrets("token", completed.ActionSigningKey, "bank", "user"));
        Convert.FromBase64String(completed.ActionSigningKey).Length.ShouldBe(32);
        RunSecrets.LoadOrCreate(folder).ShouldBe(completed);
    }
}
