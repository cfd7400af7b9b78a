using System.Security.Cryptography;
using Scalar.AspNetCore;

namespace Settlement.StarterApi.Endpoints;

/// <summary>
/// The machine's description of the interface, and Scalar's page for people, with which they can try it. Everything is served from here: the page
/// asks nobody else for scripts, fonts or help, sends no figures to its maker, and its policy lets the browser refuse whatever would.
/// </summary>
public static class DocsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        routes.MapScalarApiReference("/docs", (options, context) =>
        {
            var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            context.Response.Headers.ContentSecurityPolicy = PagePolicy(nonce);
            options.WithTitle("Settlement API").WithNonce(nonce)
                .AddPreferredSecuritySchemes(ApiDescription.Bearer)
                .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools().HideClientButton();
            options.ProxyUrl = "";
        }).AllowAnonymous().ExcludeFromDescription();
    }

    // Styles are inline in Scalar's markup, where no nonce can allow them.
    private static string PagePolicy(string nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; font-src 'self' data:; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
}
