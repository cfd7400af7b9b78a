using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Settlement.Workflows.Contracts;

namespace Settlement.Workflows.Tests.Contracts;

public sealed class ActionKeysTests
{
    private const string Target = "settlement-S20261122QM9F6E46JE";

    private static readonly byte[] Old = RandomNumberGenerator.GetBytes(ActionKeys.MinKeyBytes);
    private static readonly byte[] New = RandomNumberGenerator.GetBytes(ActionKeys.MinKeyBytes);
    private static readonly ActionKeys Keys = new([New]);

    public static TheoryData<string> Actions => new(ActionCatalogue.All.Select(actionName => actionName.Name));

    public static TheoryData<string> Updates => new(ActionCatalogue.All.Where(actionName => actionName.Door == ActionDoor.Update).Select(actionName => actionName.Name));

    [Theory]
    [MemberData(nameof(Actions))]
    public void Sign_AnyAct_HoldsAfterItsWayThroughTemporal(string name)
    {
        var actionName = ActionCatalogue.All.Single(one => one.Name == name);
        var signed = Keys.Sign(name, Target, Filled(actionName));

        signed.Signature.ShouldNotBeNull().Length.ShouldBe(43, "256 bits in base64url");
        signed.Signature.Length.ShouldBeLessThan(OperatorAction.MaxSignatureLength);
        Keys.HaveSigned(name, Target, Read(actionName, JsonSerializer.Serialize(signed, actionName.Input))).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public void HaveSigned_AnyMemberChanged_IsFalse(string name)
    {
        var actionName = ActionCatalogue.All.Single(one => one.Name == name);
        var signed = JsonSerializer.SerializeToNode(Keys.Sign(name, Target, Filled(actionName)), actionName.Input)!.AsObject();

        foreach (var member in signed.Select(member => member.Key).ToList())
        {
            var changed = signed.DeepClone().AsObject();
            changed[member] = Another(changed[member]!);
            Keys.HaveSigned(name, Target, Read(actionName, changed.ToJsonString())).ShouldBeFalse(member);
        }
    }

    [Fact]
    public void HaveSigned_OtherActOrTarget_IsFalse()
    {
        var signed = Keys.Sign(SettlementNames.RetryUpdate, Target, Plain);

        Keys.HaveSigned(SettlementNames.CancelUpdate, Target, signed).ShouldBeFalse();
        Keys.HaveSigned(SettlementNames.RetryUpdate, Target + "2", signed).ShouldBeFalse();
        Keys.HaveSigned(SettlementNames.RetryUpdate, "", signed).ShouldBeFalse();
    }

    [Fact]
    public void HaveSigned_TextMovedFromOneMemberToTheNext_IsFalse()
    {
        var signed = Keys.Sign(SettlementNames.RetryUpdate, Target, Plain with { Operator = "olga", Reason = "6:reason" });

        Keys.HaveSigned(SettlementNames.RetryUpdate, Target, signed with { Operator = "olga6:", Reason = "reason" }).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("not base64 at all, and ümläuts")]
    public void HaveSigned_NoSignature_IsFalse(string? signature) =>
        Keys.HaveSigned(SettlementNames.RetryUpdate, Target, Plain with { Signature = signature }).ShouldBeFalse();

    [Fact]
    public void HaveSigned_WhileTheKeyIsChanged_TakesBothAndThenTheNewAlone()
    {
        var ofOld = new ActionKeys([Old]).Sign(SettlementNames.RetryUpdate, Target, Plain);
        var both = new ActionKeys([New, Old]);

        both.HaveSigned(SettlementNames.RetryUpdate, Target, ofOld).ShouldBeTrue();
        Keys.HaveSigned(SettlementNames.RetryUpdate, Target, both.Sign(SettlementNames.RetryUpdate, Target, Plain)).ShouldBeTrue("the first key signs");
        Keys.HaveSigned(SettlementNames.RetryUpdate, Target, ofOld).ShouldBeFalse();
    }

    [Fact]
    public void Keys_NoneOrTooShort_AreRefused()
    {
        Should.Throw<ArgumentException>(() => new ActionKeys([]));
        Should.Throw<ArgumentException>(() => new ActionKeys([New, new byte[ActionKeys.MinKeyBytes - 1]]));
    }

    /// <summary>What the workflow hands to its activity still is what was signed.</summary>
    [Theory]
    [MemberData(nameof(Updates))]
    public void Asked_OfWhatTheWorkflowHandsOn_IsTheActAsItWasSent(string name)
    {
        var actionName = ActionCatalogue.All.Single(one => one.Name == name);
        var signed = Keys.Sign(name, Target, Filled(actionName));
        var step = new StepInput { SettlementId = Guid.NewGuid(), Attempt = 1, AsOf = DateTimeOffset.UtcNow };
        var handedOn = JsonSerializer.Deserialize<OperatorActionInput>(JsonSerializer.Serialize(OperatorActionInput.Of(step, name, signed, "stella")))!;

        handedOn.Asked().ShouldBe(signed);
        Keys.HaveSigned(name, Target, handedOn.Asked()).ShouldBeTrue();
    }

    private static OperatorAction Plain => new() { Operator = "olga", Reason = "the bank called back", RequestId = "r-1", Source = ActorSources.Api };

    /// <summary>The action with something in every member.</summary>
    private static OperatorAction Filled(CataloguedAction actionName)
    {
        var empty = JsonSerializer.SerializeToNode(Activator.CreateInstance(actionName.Input), actionName.Input)!.AsObject();
        foreach (var property in actionName.Input.GetProperties().Where(property => property.CanWrite))
        {
            var name = property.GetCustomAttribute<JsonPropertyNameAttribute>()!.Name;
            empty[name] = name == "source" ? ActorSources.Api : Some(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
        }

        empty.Remove("signature");
        return Read(actionName, empty.ToJsonString());
    }

    private static JsonNode Some(Type type) => type switch
    {
        _ when type == typeof(string) => "wörter \"<\" 😀",
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) => 2031,
        _ when type == typeof(Guid) => Guid.NewGuid(),
        _ when type == typeof(DateOnly) => "2026-11-23",
        _ when type == typeof(TimeOnly) => "17:30:00",
        _ when type == typeof(DateTimeOffset) => "2026-11-23T17:30:00.1234567+01:00",
        _ => new JsonArray("2026-12-24", "2026-12-31"),
    };

    private static JsonNode Another(JsonNode value) => value switch
    {
        JsonArray days => new JsonArray([.. days.Skip(1).Select(day => day!.DeepClone())]),
        _ when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => !value.GetValue<bool>(),
        _ when value.GetValueKind() == JsonValueKind.Number => value.GetValue<int>() + 1,
        _ when Guid.TryParse(value.GetValue<string>(), out _) => Guid.NewGuid(),
        _ => value.GetValue<string>() switch
        {
            "2026-11-23" => "2026-11-24",
            "17:30:00" => "17:30:01",
            "2026-11-23T17:30:00.1234567+01:00" => "2026-11-23T17:30:00.1234568+01:00",
            var text => text + "x",
        },
    };

    private static OperatorAction Read(CataloguedAction actionName, string json) => (OperatorAction)JsonSerializer.Deserialize(json, actionName.Input)!;
}
