using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Families.OpenAI;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Azure;

/// <summary>An Azure OpenAI resource: the v1 API, and the addresses of deployments with their dated versions.</summary>
internal sealed class AzureDialect(SandboxOptions options) : Dialect
{
    private const string Root = "/openai";
    private const string Deployments = "/deployments/";
    private const string Chat = "/chat/completions";

    private readonly ModelEndpoint _models = new(options.Models);
    private readonly StoredCompletions _stored = new();

    public override bool Speaks(HttpRequest http) => http.Path.StartsWith(Root + "/", StringComparison.OrdinalIgnoreCase);

    public override string? ReadKey(HttpRequest http, JsonElement body) => http.Header("api-key") ?? Bearer(http);

    public override string? ReadModel(HttpRequest http, JsonElement body) => DeploymentIn(http.Path) ?? PromptReader.ReadModel(body);

    public override bool IsCompletion(string path) => path.EndsWith(Chat, StringComparison.Ordinal);

    public override Answer Handle(Exchange exchange, string? text)
    {
        string path = exchange.Record.Path.Substring(Root.Length);
        if (path.StartsWith("/v1/", StringComparison.Ordinal))
        {
            return Route(exchange, path.Substring("/v1".Length), text, null);
        }

        if (new Query(exchange.Http.Query)["api-version"] is null)
        {
            return Fail(new ApiError(404, "Resource not found", "", null, "404"));
        }

        string? deployment = DeploymentIn(exchange.Record.Path);
        return Route(exchange, deployment is null ? path : path.Substring(path.IndexOf('/', Deployments.Length)), text, deployment);
    }

    private Answer Route(Exchange exchange, string path, string? text, string? deployment) => path switch
    {
        Chat => Allows(exchange, "POST")
            ?? ChatEndpoint.Handle(EndpointCall.Of(exchange, text, options) with { Deployment = deployment, TellsFilters = true }, _stored),
        "/models" => Allows(exchange, "GET") ?? _models.List(),
        _ when path.StartsWith("/models/", StringComparison.Ordinal) => Allows(exchange, "GET") ?? _models.Show(Uri.UnescapeDataString(path.Substring("/models/".Length))),
        _ => InvalidUrl(exchange),
    };

    private static string? DeploymentIn(string path)
    {
        int at = path.IndexOf(Deployments, StringComparison.Ordinal);
        string[] steps = at < 0 ? [] : path.Substring(at + Deployments.Length).Split('/');
        return steps.Length > 1 ? Uri.UnescapeDataString(steps[0]) : null;
    }
}
