using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using Settlement.StarterApi.Hosting;
using Settlement.StarterApi.Tests.Support;

namespace Settlement.StarterApi.Tests.Service;

/// <summary>
/// The page for people, in a real browser: it shows the operations, asks nobody but us for anything, breaks none of its own policy, and its try-it-out
/// sends a bearer token and gets an answer.
/// </summary>
[Collection(ApiCollection.Name)]
public sealed class DocsPageTests(ApiFixture api) : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly ConcurrentQueue<string> requests = new();
    private readonly ConcurrentQueue<string> complaints = new();
    private WebApplication? app;

    private string Origin => app!.Urls.Single();

    public async ValueTask InitializeAsync()
    {
        app = StarterApiHost.Build([.. api.Settings().Select(setting => $"--{setting.Key}={setting.Value}"), "--Api:Port=0"]);
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync() => await app!.DisposeAsync();

    [Fact]
    public async Task Docs_InABrowser_AsksNobodyElseAndTriesOutWithABearerToken()
    {
        Assert.SkipUnless(File.Exists(Chromium), "oracle: the distribution's chromium is not installed");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync();
        page.Request += (_, request) => requests.Enqueue(request.Url);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.RequestFailed += (_, request) => complaints.Enqueue($"{request.Url}: {request.Failure}");

        await page.GotoAsync($"{Origin}/docs");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Settlement API" }).WaitForAsync();
        await TryOutAsync(page);
        var shown = await page.InnerTextAsync("body");
        shown.ShouldContain("Settlement API");
        shown.ShouldContain("Bearer Token");
        foreach (var offer in new[] { "Deploy", "Generate SDK", "Share", "Open API Client", "Ask AI" })
            shown.ShouldNotContain(offer, Case.Sensitive, "the maker's offers are not ours");
        // A script of the page may ask what the page may ask, and no more.
        var token = await api.TokenAsync(TestUsers.Starter);
        var status = await page.EvaluateAsync<int>(
            "async ([url, token]) => (await fetch(url, { headers: { Authorization: 'Bearer ' + token } })).status", new[] { $"{Origin}/settlements", token });
        var foreign = await page.EvaluateAsync<bool>("async () => { try { await fetch('http://127.0.0.2:9/'); return true; } catch { return false; } }");

        status.ShouldBe(200);
        foreign.ShouldBeFalse("the page's policy lets it call nobody else");
        requests.Where(url => !url.StartsWith(Origin, StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal))
            .Where(url => !url.StartsWith("http://127.0.0.2:9", StringComparison.Ordinal)).ShouldBeEmpty();
        complaints.Where(text => !text.Contains("127.0.0.2:9", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>As a person does: the token goes into the field of the bearer scheme, an operation is chosen, its test request is sent.</summary>
    private async Task TryOutAsync(IPage page)
    {
        var token = await api.TokenAsync(TestUsers.Reader);
        await page.GetByPlaceholder("Token").First.FillAsync(token);
        var operations = await OperationsByGroupAsync();
        var sidebar = page.GetByRole(AriaRole.Complementary);
        foreach (var group in operations)
            await sidebar.GetByRole(AriaRole.Link, new() { Name = group.Key, Exact = true }).First.WaitForAsync();
        await sidebar.GetByRole(AriaRole.Link, new() { Name = "accounts", Exact = true }).ClickAsync();
        foreach (var summary in operations["accounts"])
            await sidebar.GetByText(summary).First.WaitForAsync();
        await sidebar.GetByText("Our accounts at other banks").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Test Request (get /api/v1/accounts/nostro)" }).ClickAsync();
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Send" }).First.ClickAsync(), response => response.Url.EndsWith("/api/v1/accounts/nostro", StringComparison.Ordinal));
        answer.Status.ShouldBe(200);
        (await answer.Request.HeaderValueAsync("Authorization")).ShouldBe("Bearer " + token);
        await page.GetByText("N-USD-1").First.WaitForAsync();
    }

    private async Task<ILookup<string, string>> OperationsByGroupAsync()
    {
        using var client = new HttpClient();
        using var document = JsonDocument.Parse(await client.GetStringAsync($"{Origin}/openapi/v1.json"));
        return document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
            .ToLookup(operation => operation.Value.GetProperty("tags")[0].GetString()!, operation => operation.Value.GetProperty("summary").GetString()!);
    }
}
