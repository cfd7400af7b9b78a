using System.Text.Json;
using System.Text.Json.Nodes;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Samples;
using Settlement.Domain;

namespace Settlement.AppHost.Tests.Samples;

public sealed class SampleLoaderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("samples-test-");
    private readonly SampleLoader loader = new();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void LoadDirectory_TheShippedSamples_AreAllAccepted()
    {
        var samples = loader.LoadDirectory(ShippedSamples());

        samples.Count.ShouldBeGreaterThanOrEqualTo(15);
        samples.Select(sample => sample.Name).ShouldBeUnique();
    }

    [Fact]
    public void LoadDirectory_TheShippedSamples_CoverWhatTheProjectPromises()
    {
        var samples = loader.LoadDirectory(ShippedSamples());

        samples.Count(IsRefusal).ShouldBeGreaterThanOrEqualTo(5, "refusals");
        samples.ShouldContain(sample => sample.Expect.Failure == "INSUFFICIENT_FUNDS");
        samples.ShouldContain(sample => sample.Request.Kind == "purchase" && sample.Request.TradeDate!.BusinessDays == -3);
        samples.Any(sample => sample.Expect.Path.Contains(SettlementStatus.AwaitingRetry) && sample.Expect.Path[^1] == SettlementStatus.Settled).ShouldBeTrue();
        samples.ShouldContain(sample => sample.Expect.Path.Contains(SettlementStatus.OutcomeUnknown) && sample.Operator.Count == 0, "found confirmed");
        samples.ShouldContain(sample => sample.Operator.Any(action => action.Do == SampleActionKind.Resolve));
        samples.ShouldContain(sample => sample.Operator.Any(action => action.Do == SampleActionKind.RetryCompensation));
        samples.ShouldContain(sample => sample.Operator.Any(action => action.By == SampleChannel.Workflow));
        samples.Count(sample => sample.Operator.Any(action => action.Do == SampleActionKind.Cancel)).ShouldBeGreaterThanOrEqualTo(2);
    }

    [Theory]
    [InlineData("$.name", "name", "\"Not A Name\"", "must match")]
    [InlineData("$.description", "description", null, "is missing")]
    [InlineData("$.surprise", "surprise", "1", "is no member of the format")]
    [InlineData("$.request.kind", "request.kind", "\"swap\"", "must be one of cash, purchase")]
    [InlineData("$.request.trade_date.business_days", "request.trade_date", "{\"business_days\":9999}", "must be at most 500")]
    [InlineData("$.accounts[0].opening_balance", "accounts.0.opening_balance", "\"12.3456\"", "must match")]
    [InlineData("$.accounts[0].opening_balance", "accounts.0.opening_balance", "12", "must be a string")]
    [InlineData("$.bank.steps[0].outcome", "bank", "{\"steps\":[{\"outcome\":\"explode\"}]}", "must be one of settle, reject, hold")]
    [InlineData("$.bank.steps", "bank", "{\"steps\":[]}", "must have at least 1 members")]
    [InlineData("$.expect.path[1]", "expect.path.1", "\"LOCKED\"", "must be one of PENDING")]
    [InlineData("$.expect", "expect", "{}", "bank_executions")]
    [InlineData("$.accounts[0]", "accounts.0.opening_balance", "\"1.123\"", "must be amounts of USD")]
    [InlineData("$.accounts[0].currency", "accounts.0.currency", "\"XXQ\"", "is no active ISO 4217 code")]
    [InlineData("$.expect.balances[0].account", "expect.balances.0.account", "\"NOBODY\"", "is no account of this file")]
    [InlineData("$.expect.path[0]", "expect.path.0", "\"FUNDS_LOCKED\"", "must be PENDING")]
    [InlineData("$.expect.path[2]", "expect.path.2", "\"CONFIRMED\"", "CONFIRMED cannot follow FUNDS_LOCKED")]
    [InlineData("$.operator[0].when.status", "operator", "[{\"when\":{\"status\":\"AWAITING_RETRY\"},\"do\":\"retry\"}]", "would never happen")]
    [InlineData("$.operator[0]", "operator", "[{\"when\":{\"status\":\"PENDING\"},\"do\":\"resolve\"}]", "needs outcome and evidence")]
    public void LoadDirectory_OneMemberIsWrong_IsRefusedByFilePathAndReason(string path, string member, string? value, string reason)
    {
        Write("10-bad.json", Changed(member, value));

        var fault = Should.Throw<SampleFormatException>(() => loader.LoadDirectory(folder.FullName)).Faults
            .ShouldHaveSingleItem();

        fault.File.ShouldBe("10-bad.json");
        fault.Path.ShouldBe(path);
        fault.Reason.ShouldContain(reason);
    }

    [Theory]
    [InlineData("{", "is no JSON")]
    [InlineData("", "")]
    [InlineData("[]", "must be an object")]
    [InlineData("null", "must be an object")]
    public void LoadDirectory_NoSampleAtAll_IsRefusedByFile(string text, string reason)
    {
        Write("10-bad.json", text);

        var faults = Should.Throw<SampleFormatException>(() => loader.LoadDirectory(folder.FullName)).Faults;

        faults.ShouldAllBe(fault => fault.File == "10-bad.json");
        faults[0].Reason.ShouldContain(reason);
    }

    [Fact]
    public void LoadDirectory_SeveralBadFiles_NamesThemAll()
    {
        Write("10-bad.json", Changed("request.kind", "\"swap\""));
        Write("20-good.json", Changed("name", "\"good\""));
        Write("30-bad.json", Changed("expect.path.1", "\"LOCKED\""));

        Should.Throw<SampleFormatException>(() => loader.LoadDirectory(folder.FullName)).Faults
            .Select(fault => fault.File).Distinct().ShouldBe(["10-bad.json", "30-bad.json"]);
    }

    [Fact]
    public void LoadDirectory_TheSameNameTwice_IsRefused()
    {
        Write("10-a.json", Changed("name", "\"same\""));
        Write("20-b.json", Changed("name", "\"same\""));

        Should.Throw<SampleFormatException>(() => loader.LoadDirectory(folder.FullName)).Faults.ShouldHaveSingleItem()
            .ShouldBe(new SampleFault("20-b.json", "$.name", "is used by another file of the folder"));
    }

    [Fact]
    public void LoadDirectory_MissingOrEmptyFolder_IsRefused()
    {
        Should.Throw<SampleFormatException>(() => loader.LoadDirectory(Path.Combine(folder.FullName, "none"))).Message.ShouldContain("no such folder");
        Should.Throw<SampleFormatException>(() => loader.LoadDirectory(folder.FullName)).Message.ShouldContain("no samples");
    }

    [Fact]
    public void LoadDirectory_AHugeFile_IsRefusedUnread()
    {
        Write("10-huge.json", new string(' ', SampleLoader.MaxFileBytes + 1));

        Should.Throw<SampleFormatException>(() => loader.LoadDirectory(folder.FullName)).Faults.Single().Reason.ShouldContain("larger than");
    }

    [Fact]
    public void LoadDirectory_TheExampleOfTheReadme_IsAccepted()
    {
        var readme = File.ReadAllText(Path.Combine(ShippedSamples(), "README.md"));
        var start = readme.IndexOf("```json", StringComparison.Ordinal) + "```json".Length;
        Write("10-readme.json", readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)]);

        loader.LoadDirectory(folder.FullName).ShouldHaveSingleItem().Name.ShouldBe("my-first");
    }

    private static bool IsRefusal(Sample sample) =>
        sample.Expect.Refusal is not null || sample.Expect.Path is [SettlementStatus.Pending, SettlementStatus.Failed] && sample.Expect.Failure != "INSUFFICIENT_FUNDS";

    private static string ShippedSamples() => Path.Combine(RepositoryRoot.Folder, "samples");

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(folder.FullName, file), text);

    /// <summary>The first shipped sample with one member replaced, or removed if <paramref name="value"/> is null.</summary>
    private static string Changed(string member, string? value)
    {
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(ShippedSamples(), "01-domestic-success.json")))!;
        var steps = member.Split('.');
        JsonNode owner = sample;
        foreach (var step in steps[..^1])
            owner = int.TryParse(step, out var index) ? owner[index]! : owner[step]!;
        if (int.TryParse(steps[^1], out var last))
            owner[last] = JsonNode.Parse(value!);
        else if (value is null)
            owner.AsObject().Remove(steps[^1]);
        else
            owner[steps[^1]] = JsonNode.Parse(value);
        return sample.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }
}
