using System.Net;
using Settlement.StarterApi.Tests.Support;

namespace Settlement.StarterApi.Tests.Auth;

/// <summary>Who may do what: each endpoint is asked by a user of every role; 403 for all but the named ones.</summary>
[Collection(ApiCollection.Name)]
public sealed class RoleMatrixTests(ApiFixture api)
{
    private static readonly string[] Readers =
        [TestUsers.Reader, TestUsers.Starter, TestUsers.Operator, TestUsers.Approver, TestUsers.Auditor, TestUsers.Admin, TestUsers.Finance];

    public static TheoryData<string, string, string[]> Endpoints()
    {
        var data = new TheoryData<string, string, string[]>();
        foreach (var root in new[] { "/settlements", "/api/v1/settlements" })
        {
            data.Add("POST", root, [TestUsers.Starter]);
            data.Add("GET", root, Readers);
            foreach (var read in new[] { "", "/history", "/checkpoints", "/events" })
                data.Add("GET", root + "/{id}" + read, Readers);
            foreach (var action in new[] { "retry", "cancel", "resolve", "retry-compensation", "extend-deadline", "pause", "resume", "return", "restore", "revive" })
                data.Add("POST", root + "/{id}/" + action, [TestUsers.Operator]);
            foreach (var action in new[] { "approve", "reject", "tickets" })
                data.Add("POST", root + "/{id}/" + action, [TestUsers.Approver]);
        }

        data.Add("GET", "/api/v1/settlement/pending", Readers);
        foreach (var account in new[] { "nostro", "vostro", ApiDatabase.AccountA, ApiDatabase.AccountA + "/entries" })
            data.Add("GET", "/api/v1/accounts/" + account, Readers);
        foreach (var list in new[] { "cases", "cases/{id}", "calendars", "windows" })
            data.Add("GET", "/api/v1/" + list, Readers);
        foreach (var actionName in new[] { "cases/{id}/assign", "cases/{id}/close", "windows/{rail}/{currency}/extensions" })
            data.Add("POST", "/api/v1/" + actionName, [TestUsers.Operator]);
        data.Add("POST", "/api/v1/cases/{id}/tickets", [TestUsers.Approver]);
        foreach (var actionName in new[] { "calendars/{code}/versions", "windows/{rail}/{currency}/versions" })
            data.Add("POST", "/api/v1/" + actionName, [TestUsers.Admin]);
        foreach (var method in new[] { "GET", "PUT" })
            data.Add(method, "/api/v1/switches", [TestUsers.Admin]);
        foreach (var read in new[] { "jobs", "jobs/{job}/runs" })
            data.Add("GET", "/api/v1/" + read, [TestUsers.Admin]);
        data.Add("PUT", "/api/v1/jobs/{job}", [TestUsers.Admin]);
        foreach (var actionName in new[] { "jobs/{job}/run", "orphans/{workflow_id}/end" })
            data.Add("POST", "/api/v1/" + actionName, [TestUsers.Admin]);
        return data;
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Endpoint_AskedByEveryRole_OpensForItsOwnOnly(string method, string path, string[] allowed)
    {
        var id = await api.CreateAsync();
        path = path.Replace("{id}", id.ToString(), StringComparison.Ordinal);
        foreach (var user in new[] { TestUsers.Starter, TestUsers.Operator, TestUsers.Approver, TestUsers.Reader, TestUsers.Finance, TestUsers.Auditor, TestUsers.Admin, TestUsers.Monitor })
        {
            using var client = await api.ClientAsync(user);
            // An empty object passes no check of content, so nothing is done; the question here is who gets that far.
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (method != "GET")
                request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            var reply = await client.SendAsync(request);
            (reply.StatusCode == HttpStatusCode.Forbidden).ShouldBe(!allowed.Contains(user), $"{user} {method} {path}: {reply.StatusCode}");
            ((int)reply.StatusCode).ShouldBeLessThan(500);
        }

        using var anonymous = await api.ClientAsync(null);
        using var unsigned = new HttpRequestMessage(new HttpMethod(method), path);
        (await anonymous.SendAsync(unsigned)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Endpoint_OfThisApi_IsInTheMatrixOrOpenOnPurpose()
    {
        string[] open = ["POST /api/v1/auth/login", "POST /api/v1/auth/refresh", "POST /api/v1/banks/{bank}/messages", "GET /health", "GET /health/live", "GET /health/ready"];
        using var client = await api.ClientAsync(null);
        var document = await (await client.GetAsync("/openapi/v1.json")).JsonAsync();
        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}")).ToList();
        var matrix = Endpoints().Select(row => $"{row.Data.Item1} {row.Data.Item2.Replace(ApiDatabase.AccountA, "{id}", StringComparison.Ordinal)}");
        described.Order().ShouldBe(matrix.Concat(open).Order());
    }
}
