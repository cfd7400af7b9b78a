using System.Text.Json;
using System.Text.Json.Serialization;

namespace Settlement.Domain;

/// <summary>Money as <c>{"amount":"7524.00","currency":"USD"}</c>; a JSON number as amount is refused, since it need not be exact.</summary>
public sealed class MoneyJsonConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Money is an object with amount and currency.");
        string? amount = null, code = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            if (!reader.Read() || reader.TokenType != JsonTokenType.String)
                throw new JsonException("Amount and currency are strings.");
            if (name == "amount")
                amount = reader.GetString();
            else if (name == "currency")
                code = reader.GetString();
            else
                throw new JsonException("Money has no member but amount and currency.");
        }

        if (!Currency.TryGet(code, out var currency) || !Money.TryParse(amount, currency, out var money, out _))
            throw new JsonException("Money needs an exact amount in major units and an ISO 4217 currency.");
        return money;
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("amount", value.ToDecimalString());
        writer.WriteString("currency", value.Currency.Code);
        writer.WriteEndObject();
    }
}
