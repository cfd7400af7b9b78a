namespace Settlement.StarterApi.Problems;

/// <summary>The body of every error answer: RFC 9457 members plus <c>request_id</c> and, for rule breaches, <c>errors</c>.</summary>
public sealed record ProblemDocument
{
    public required string Type { get; init; }
    public required string Title { get; init; }
    public required int Status { get; init; }
    public string? Detail { get; init; }
    public string? Instance { get; init; }

    /// <summary>Quote it to support; every log line of the request carries it.</summary>
    public required string RequestId { get; init; }

    public IReadOnlyList<FieldError>? Errors { get; init; }
}
