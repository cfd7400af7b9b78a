using Temporalio.Common;

namespace Temporalio.InTree.Tests.Common;

/// <summary>Calls taken apart.</summary>
public sealed class ExpressionUtilTests
{
    [Fact]
    public void ExtractCall_OfAStaticOrAnOwnMethod_HasMethodAndArguments()
    {
        var outside = "foo";
        var (method, args) = ExpressionUtil.ExtractCall(() => Clock.Say(outside + "bar"));
        (method.Name, args).ShouldBe((nameof(Clock.Say), args));
        args.ShouldBe(["foobar"]);

        ExpressionUtil.ExtractCall((Clock clock) => clock.Tick(3)).Args.ShouldBe([3]);
    }

    [Fact]
    public void ExtractCall_OfAnythingElse_IsRefused()
    {
        var other = new Clock();

        Refused(() => ExpressionUtil.ExtractCall(() => "whatever")).ShouldContain("must be a single method call");
        Refused(() => ExpressionUtil.ExtractCall((Clock clock) => Clock.Say("foo"))).ShouldContain("must not have a lambda parameter");
        Refused(() => ExpressionUtil.ExtractCall(() => new Clock().Tick(1))).ShouldContain("must have a single lambda parameter");
        Refused(() => ExpressionUtil.ExtractCall((Clock clock) => other.Tick(1))).ShouldContain("must have a single lambda parameter");
    }

    private static string Refused(Action extract) => Should.Throw<ArgumentException>(extract).Message;

    private sealed class Clock
    {
        public static string Say(string text) => text;

        public int Tick(int times) => times;
    }
}
