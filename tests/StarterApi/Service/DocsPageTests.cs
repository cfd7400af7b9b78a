using System.Collections.Concurrent;
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

        await page.GotoAsync($"{Origin}/docs");
        await page.GetByText("Sign in with a local user").First.WaitForAsync();
        var shown = await page.InnerTextAsync("body");
        shown.ShouldContain("Settlement API");
        shown.ShouldContain("Bearer Token");
        shown.ShouldNotContain("Deploy", Case.Sensitive, "the maker's offers are not ours");
        // The page's own script may ask what the page may ask, and no more: the try-it-out is such a call.
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
}
