using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace Settlement.StarterApi.Endpoints;

/// <summary>What the OpenAPI document says beyond paths and types: how to sign in, and an example of each body.</summary>
public static class ApiDescription
{
    /// <summary>Name of the security scheme: an access token of POST /api/v1/auth/login.</summary>
    public const string Bearer = "bearer";

    public static void Add(IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Settlement API";
            document.Info.Version = "v1";
            document.Info.Description =
                "Starts settlements, shows them, and passes what people decide on to their workflows. Sign in with `POST /api/v1/auth/login`, then "
                + "put the access token in as the bearer token. Every amount is a decimal string with its currency, every error a problem document (RFC 9457).";
            document.AddComponent(Bearer, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "The access_token of POST /api/v1/auth/login; ten minutes.",
            });
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (!metadata.OfType<IAllowAnonymous>().Any())
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
            if (metadata.OfType<TakesIdempotencyKey>().LastOrDefault() is { } key)
                (operation.Parameters ??= []).Add(KeyParameter(key));
            if (metadata.OfType<IAcceptsMetadata>().LastOrDefault()?.RequestType is { } request)
                Show(operation.RequestBody?.Content, ApiExamples.Of(request));
            foreach (var reply in context.Description.SupportedResponseTypes)
            {
                if (operation.Responses?.GetValueOrDefault(reply.StatusCode.ToString(CultureInfo.InvariantCulture)) is { } response)
                    Show(response.Content, reply.Type == typeof(ProblemDocument) ? ApiExamples.Problem(reply.StatusCode) : ApiExamples.Of(reply.Type));
            }

            return Task.CompletedTask;
        });
    });

    private static OpenApiParameter KeyParameter(TakesIdempotencyKey key) => new()
    {
        Name = IdempotencyKey.Header,
        In = ParameterLocation.Header,
        Required = key.Required,
        Description = "A repeat with the same key and body gets the first answer. 8 to 64 of letters, digits, '.', '_', ':', '-'.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[A-Za-z0-9._:-]{8,64}$" },
    };

    private static void Show(IDictionary<string, OpenApiMediaType>? content, object? example)
    {
        if (example is null)
            return;
        foreach (var media in content?.Values ?? [])
            media.Example = JsonSerializer.SerializeToNode(example, ApiJson.Options);
    }
}
