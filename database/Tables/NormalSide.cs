using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>On which side an account grows: liabilities by credits, assets (such as nostros) by debits.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<NormalSide>))]
public enum NormalSide
{
    Credit,
    Debit,
}
