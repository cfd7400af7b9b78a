using Settlement.Hosting;
using Settlement.StarterApi.Security;

namespace Settlement.StarterApi.Tests.Unit;

public sealed class UserSeedFileTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Load_GoodFile_GivesUsersWithoutPasswords()
    {
        Write("""{"users":[{"username":"olga","display_name":"Olga O.","entity_id":"E-1","roles":["OPERATOR","READER"],"password":"long enough secret"}]}""");
        var user = UserSeedFile.Load(path).ShouldHaveSingleItem();
        (user.UserName, user.DisplayName, user.EntityId).ShouldBe(("olga", "Olga O.", "E-1"));
        user.Password.Matches("long enough secret").ShouldBeTrue();
        user.ToString().ShouldNotContain("long enough secret");
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("{\"users\":[]}", "no users")]
    [InlineData("{\"people\":[]}", "JSON")]
    [InlineData("{\"users\":[{\"username\":\"a b\",\"roles\":[\"READER\"],\"password\":\"long enough secret\"}]}", "users[0].username")]
    [InlineData("{\"users\":[{\"username\":\"a\",\"roles\":[],\"password\":\"long enough secret\"}]}", "users[0].roles")]
    [InlineData("{\"users\":[{\"username\":\"a\",\"roles\":[\"ROOT\"],\"password\":\"long enough secret\"}]}", "ROOT")]
    [InlineData("{\"users\":[{\"username\":\"a\",\"entity_id\":\"no entity\",\"roles\":[\"READER\"],\"password\":\"long enough secret\"}]}", "users[0].entity_id")]
    [InlineData("{\"users\":[{\"username\":\"a\",\"roles\":[\"READER\"]}]}", "password_hash or password")]
    [InlineData("{\"users\":[{\"username\":\"a\",\"roles\":[\"READER\"],\"password\":\"short\"}]}", "shorter than 12")]
    [InlineData("{\"users\":[{\"username\":\"a\",\"roles\":[\"READER\"],\"password_hash\":\"x\"}]}", "users[0].password_hash")]
    [InlineData("{\"users\":[{\"username\":\"a\",\"roles\":[\"READER\"],\"password\":\"long enough secret\"},{\"username\":\"A\",\"roles\":[\"READER\"],\"password\":\"long enough secret\"}]}", "twice")]
    public void Load_WrongFile_SaysInOneLineWhatIsWrong(string json, string expected)
    {
        Write(json);
        var line = Should.Throw<Exception>(() => UserSeedFile.Load(path));
        var described = ConfigurationFailure.Describe("starter-api", line).ShouldNotBeNull();
        described.ShouldContain(expected);
        described.ShouldContain("AUTH_USERS_FILE");
        described.ShouldNotContain("\n");
        described.ShouldNotContain("long enough secret");
    }

    [Fact]
    public void Load_MissingFile_SaysSo() =>
        Should.Throw<ConfigurationException>(() => UserSeedFile.Load("/no/such/file")).Message.ShouldContain("does not exist");

    private void Write(string json) => File.WriteAllText(path, json);
}
