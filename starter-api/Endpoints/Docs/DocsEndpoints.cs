using Microsoft.AspNetCore.Http.HttpResults;

namespace Settlement.StarterApi.Endpoints.Docs;

/// <summary>The machine's description of the interface and a page for people that shows it, without anything from outside.</summary>
public static class DocsEndpoints
{
    private const string PagePolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        var docs = routes.MapGroup("/docs").AllowAnonymous().ExcludeFromDescription();
        docs.MapGet("", (HttpContext context) => File(context, "docs.html", "text/html; charset=utf-8"));
        docs.MapGet("/docs.js", (HttpContext context) => File(context, "docs.js", "text/javascript; charset=utf-8"));
        docs.MapGet("/docs.css", (HttpContext context) => File(context, "docs.css", "text/css; charset=utf-8"));
    }

    private static FileStreamHttpResult File(HttpContext context, string name, string mediaType)
    {
        context.Response.Headers.ContentSecurityPolicy = PagePolicy;
        var content = typeof(DocsEndpoints).Assembly.GetManifestResourceStream("docs/" + name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        return TypedResults.Stream(content, mediaType);
    }
}
