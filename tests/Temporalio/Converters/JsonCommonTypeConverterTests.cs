using System.Text.Json;
using Temporalio.Converters;

namespace Temporalio.InTree.Tests.Converters;

public class JsonCommonTypeConverterTests
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { JsonCommonTypeConverter.Instance } };

    [Fact]
    public void Read_UnknownShape_GivesPlainTypes()
    {
        var value = JsonSerializer.Deserialize<object?>(
            """{"text":"a","whole":9007199254740993,"broken":1.5,"flag":true,"none":null,"list":[1,{"x":"y"}]}""", Options);

        var map = value.ShouldBeOfType<Dictionary<string, object?>>();
        map["text"].ShouldBe("a");
        map["whole"].ShouldBe(9007199254740993L);
        map["broken"].ShouldBe(1.5);
        map["flag"].ShouldBe(true);
        map["none"].ShouldBeNull();
        var list = map["list"].ShouldBeOfType<List<object?>>();
        list[0].ShouldBe(1L);
        list[1].ShouldBeOfType<Dictionary<string, object?>>()["x"].ShouldBe("y");
    }

    [Fact]
    public void Write_PlainTypes_ReadsBack()
    {
        var json = JsonSerializer.Serialize<object?>(new Dictionary<string, object?> { ["a"] = 1L, ["b"] = null }, Options);

        json.ShouldBe("""{"a":1,"b":null}""");
    }
}
