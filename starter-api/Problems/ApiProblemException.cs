namespace Settlement.StarterApi.Problems;

/// <summary>Carries a refusal out of code that cannot return a result: body binding and stores below an endpoint.</summary>
public sealed class ApiProblemException(ApiProblem problem) : Exception(problem.Detail ?? problem.Type.Title)
{
    public ApiProblem Problem { get; } = problem;
}
