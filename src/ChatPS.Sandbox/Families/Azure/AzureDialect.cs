using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Azure;

/// <summary>An Azure OpenAI resource: the v1 API, and the addresses of deployments with their dated versions.</summary>
internal sealed class AzureDialect : Dialect
{
    private const string Root = "/openai";
    private const string Latest = Root + "/v1/";
    private const string Deployments = Root + "/deployments/";

    private AzureDialect()
    {
    }

    public static AzureDialect Instance { get; } = new();

    public override bool Speaks(HttpRequest http) => http.Path.StartsWith(Root + "/", StringComparison.OrdinalIgnoreCase);

    public override string? ReadKey(HttpRequest http, JsonElement body) => http.Header("api-key") ?? Bearer(http);

    public override string? ReadModel(HttpRequest http, JsonElement body) => DeploymentIn(http.Path) ?? PromptReader.ReadModel(body);

    public override string Normalize(string path)
    {
        if (path.StartsWith(Latest, StringComparison.OrdinalIgnoreCase))
        {
            return path.Substring(Latest.Length - 1);
        }

        return path.Substring(DeploymentIn(path) is null ? Root.Length : path.IndexOf('/', Deployments.Length));
    }

    public override void Check(HttpRequest http)
    {
        if (!http.Path.StartsWith(Latest, StringComparison.OrdinalIgnoreCase) && new Query(http.Query)["api-version"] is null)
        {
            throw new ApiException(new ApiError(404, "Resource not found", "", null, "404"));
        }
    }

    /// <summary>The deployment that an address names; null for none.</summary>
    public static string? DeploymentIn(string path)
    {
        string[] steps = path.StartsWith(Deployments, StringComparison.OrdinalIgnoreCase) ? path.Substring(Deployments.Length).Split('/') : [];
        return steps.Length > 1 ? Uri.UnescapeDataString(steps[0]) : null;
    }
}
