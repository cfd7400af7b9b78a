using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Settlement.BankSimulator;

/// <summary>The bank's refusals as RFC 9457 problem documents with stable types.</summary>
internal static class Problems
{
    private const string Prefix = "urn:settlement:bank:";

    public static ProblemHttpResult Invalid(string detail) => Problem(StatusCodes.Status400BadRequest, "invalid-request", "The request is not valid.", detail);

    public static ProblemHttpResult UnknownPayment() => Problem(StatusCodes.Status404NotFound, "unknown-payment", "The bank has no payment with this UETR.", null);

    public static ProblemHttpResult Conflict() =>
        Problem(StatusCodes.Status409Conflict, "uetr-conflict", "The UETR is taken.", "Another instruction with the same UETR and a different body was received before.");

    public static ProblemHttpResult Unprocessable(string detail) => Problem(StatusCodes.Status422UnprocessableEntity, "unprocessable", "The books do not allow it.", detail);

    public static ProblemHttpResult Unavailable(string detail) => Problem(StatusCodes.Status503ServiceUnavailable, "unavailable", "The bank cannot do this now.", detail);

    public static ProblemHttpResult Failure() => Problem(StatusCodes.Status500InternalServerError, "failure", "The bank failed.", null);

    /// <summary>Says where a body or parameter cannot be read; the framework's own answer gives only the status.</summary>
    public static void Explain(ProblemDetailsContext context)
    {
        if (context.Exception is not BadHttpRequestException bad || bad.StatusCode != StatusCodes.Status400BadRequest)
            return;
        context.ProblemDetails.Type = Prefix + "invalid-request";
        context.ProblemDetails.Title = "The request is not valid.";
        context.ProblemDetails.Detail = bad.InnerException is JsonException json
            ? $"The body cannot be read at {json.Path ?? "$"}."
            : "A parameter or the body cannot be read.";
    }

    private static ProblemHttpResult Problem(int status, string type, string title, string? detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: Prefix + type);
}
