using Temporalio.Activities;
using Temporalio.Converters;

namespace Temporalio.InTree.Tests.Activities;

public sealed class ActivityDefinitionTests
{
    [Fact]
    public void Create_TaskMethod_DropsAsyncFromTheName() =>
        ActivityDefinition.Create(Instance.SettleAsync).Name.ShouldBe("Settle");

    [Fact]
    public void Create_MethodWithoutTask_KeepsItsWholeName() =>
        ActivityDefinition.Create(Instance.NotReallyAsync).Name.ShouldBe("NotReallyAsync");

    [Fact]
    public void Create_NamedMethod_HasThatName() => ActivityDefinition.Create(Instance.Named).Name.ShouldBe("custom");

    [Fact]
    public void Create_LocalFunction_HasItsName()
    {
        [Activity]
        static Task LockFundsAsync() => Task.CompletedTask;

        ActivityDefinition.Create(LockFundsAsync).Name.ShouldBe("LockFunds");
    }

    [Fact]
    public void Create_LambdaWithoutName_Refuses()
    {
        var lambda = [Activity] () => { };

        Should.Throw<ArgumentException>(() => ActivityDefinition.Create(lambda)).Message.ShouldContain("lambda");
    }

    [Fact]
    public void Create_WithoutAttribute_Refuses() =>
        Should.Throw<ArgumentException>(() => ActivityDefinition.Create(Instance.Plain)).Message.ShouldContain("missing Activity attribute");

    [Fact]
    public void Create_WithRefParameter_Refuses() =>
        Should.Throw<ArgumentException>(() => ActivityDefinition.Create(Instance.ByRef)).Message.ShouldContain("ref/out");

    [Fact]
    public void Create_DynamicWithName_Refuses() =>
        Should.Throw<ArgumentException>(() => ActivityDefinition.Create(Instance.NamedDynamic));

    [Fact]
    public void Create_DynamicWithOtherParameters_Refuses() =>
        Should.Throw<ArgumentException>(() => ActivityDefinition.Create(Instance.WrongDynamic)).Message.ShouldContain("IRawValue");

    [Fact]
    public async Task InvokeAsync_TaskOfT_ReturnsItsResult() =>
        (await ActivityDefinition.Create(Instance.SettleAsync).InvokeAsync([5])).ShouldBe(5);

    [Fact]
    public async Task InvokeAsync_PlainTask_ReturnsAnEmptyTuple() =>
        (await ActivityDefinition.Create(Instance.NothingAsync).InvokeAsync([])).ShouldBe(ValueTuple.Create());

    [Fact]
    public async Task InvokeAsync_ThrowingMethod_ThrowsTheOriginalException() =>
        await Should.ThrowAsync<InvalidTimeZoneException>(() => ActivityDefinition.Create(Instance.Throw).InvokeAsync([]));

    [Fact]
    public async Task InvokeAsync_TwoInstancesOfOneType_CallsEachItsOwn()
    {
        // The official SDK 1.x once cached definitions by method and so called the first instance only.
        var first = ActivityDefinition.Create(new Counter(1).Value);
        var second = ActivityDefinition.Create(new Counter(2).Value);

        (await first.InvokeAsync([])).ShouldBe(1);
        (await second.InvokeAsync([])).ShouldBe(2);
    }

    [Fact]
    public async Task InvokeAsync_ClosedDelegateOverStaticMethod_FillsItsFirstArgument()
    {
        var closed = typeof(Instance).GetMethod(nameof(Instance.Join))!.CreateDelegate<Func<string, string>>("a");

        var definition = ActivityDefinition.Create(
            "Join", typeof(string), [typeof(string)], 1, arguments => closed.DynamicInvoke(arguments));

        (await definition.InvokeAsync(["b"])).ShouldBe("ab");
    }

    [Fact]
    public void CreateAll_WithoutInstanceForInstanceMethods_Refuses() =>
        Should.Throw<InvalidOperationException>(() => ActivityDefinition.CreateAll<Counter>(null));

    [Fact]
    public void CreateAll_TypeWithoutActivities_Refuses() =>
        Should.Throw<ArgumentException>(() => ActivityDefinition.CreateAll("x"));

    [Fact]
    public void CreateAll_Type_FindsPublicAndPrivateOnes() =>
        ActivityDefinition.CreateAll(new Counter(1)).Select(d => d.Name).ShouldBe(["Value", "Hidden"], ignoreOrder: true);

    private sealed class Counter(int value)
    {
        [Activity]
        public int Value() => value;

        [Activity]
        private static void Hidden()
        {
        }
    }

    private static class Instance
    {
        public delegate void RefAction(ref int value);

        [Activity]
        public static Task<int> SettleAsync(int value) => Task.FromResult(value);

        [Activity]
        public static async Task NothingAsync() => await Task.Yield();

        [Activity]
        public static int NotReallyAsync() => 1;

        [Activity("custom")]
        public static int Named() => 1;

        [Activity]
        public static void Throw() => throw new InvalidTimeZoneException();

        [Activity]
        public static void ByRef(ref int value) => value++;

        [Activity("name", Dynamic = true)]
        public static void NamedDynamic(IRawValue[] arguments) => _ = arguments;

        [Activity(Dynamic = true)]
        public static void WrongDynamic(string argument) => _ = argument;

        public static int Plain() => 1;

        public static string Join(string first, string second) => first + second;
    }
}
