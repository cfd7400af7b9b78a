using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Closed sets are <c>UPPER_SNAKE</c> text in the database.</summary>
internal static class UpperSnakeValueConverter
{
    public static ValueConverter For(Type enumType) =>
        (ValueConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(enumType))!;

    private sealed class Converter<T>() : ValueConverter<T, string>(value => UpperSnake.Of(value), text => UpperSnake.Parse<T>(text))
        where T : struct, Enum;
}
