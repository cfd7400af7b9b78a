namespace Temporalio.DevServer.Visibility;

/// <summary>The ordering operators of a list filter.</summary>
internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
