using System.Text.Json.Serialization;
using ChatPS.Api.Azure;
using ChatPS.Api.Chat;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.OpenAI;
using ChatPS.Client.Faults;
using ChatPS.Client.Models;
using ChatPS.Client.ServiceFiles;
using Refit;

namespace ChatPS.Client.Dialects.Azure;

/// <summary>
/// Azure OpenAI: OpenAI's chat completions at the resource's v1 API, where the model is the name of a deployment; with a dated
/// API version, at the address of the deployment. Source: Azure OpenAI in Foundry Models REST API reference.
/// </summary>
internal sealed class AzureOpenAIDialect : ChatDialect<IAzureChatApi, ChatCompletionRequest, ChatCompletionResponse, ChatCompletionChunk>
{
    private const string Deployments = "/deployments/";
    private const string VersionField = "api-version";

    public override string Name => "AzureOpenAI";

    internal override string? KeyHeader => "api-key";

    internal override IReadOnlyList<object> Families => [OpenAIModels.Catalog, AzureEmbeddings.Family, AzureAudio.Deployments, AzureImages.Deployed, OpenAIFiles.Azure, AzureBatches.Deployed];

    public override IReadOnlyCollection<string> Supported => OpenAIDialect.InChat;

    // A token of Entra ID is a JSON Web Token, which a key of the resource never is.
    internal override string? KeyHeaderFor(string key) => key.StartsWith("eyJ", StringComparison.Ordinal) && key.Split('.').Length == 3 ? "Authorization" : KeyHeader;

    internal override string CompletePath(string path) => Root(path) + "/openai/v1";

    public override ServiceAddress Locate(Uri uri, string? apiVersion)
    {
        string path = uri.AbsolutePath.TrimEnd('/');
        int at = path.IndexOf(Deployments, StringComparison.OrdinalIgnoreCase);
        string? deployment = at < 0 ? null : Uri.UnescapeDataString(path.Substring(at + Deployments.Length).Split('/')[0]);
        apiVersion ??= VersionIn(uri.Query);
        if (deployment is not null && !IsDated(apiVersion))
        {
            throw Failures.Invalid(
                $"The address of the deployment '{deployment}' needs a dated API version.", "Give -ApiVersion as the portal shows it, such as 2024-10-21, or the address of the resource alone.");
        }

        string host = uri.GetLeftPart(UriPartial.Authority);
        return new ServiceAddress(new Uri(IsDated(apiVersion) ? host + Root(path) + "/openai" : host + CompletePath(path)), apiVersion, deployment);
    }

    internal override bool Takes(string query) => VersionIn(query) is not null && !query.Contains('&');

    protected override JsonSerializerContext Answers => ChatJsonContext.Default;

    protected override JsonSerializerContext Requests => ChatRequestJsonContext.Default;

    protected override string SampleAnswer => OpenAIDialect.Sample;

    protected override ChatRequest Prepare(ChatRequest request, ConnectionSettings connection) => SentBack.For(request, connection.BaseUri);

    protected override ChatCompletionRequest ToWire(ChatRequest request, string model, bool stream) => ChatMapper.ToWire(request, model, stream);

    protected override ChatCompletion FromWire(ChatCompletionResponse response, ChatRequest request, IAnswerOrigin origin) => ChatMapper.FromWire(response, request, origin);

    protected override IStreamAccumulator<ChatCompletionChunk, ChatCompletionUpdate> Accumulate(ChatRequest request) => new ChatAccumulator(request);

    protected override Task<IApiResponse<ChatCompletionResponse>> SendAsync(
        IAzureChatApi api, ChatCompletionRequest body, CallContext call, CancellationToken cancellationToken) => IsDated(call.Connection.ApiVersion)
        ? api.CreateAsync(Deployment(call), body, call, cancellationToken)
        : api.CreateAsync(body, call, cancellationToken);

    protected override Task<HttpResponseMessage> OpenAsync(
        IAzureChatApi api, ChatCompletionRequest body, CallContext call, CancellationToken cancellationToken) => IsDated(call.Connection.ApiVersion)
        ? api.StreamAsync(Deployment(call), body, call, cancellationToken)
        : api.StreamAsync(body, call, cancellationToken);

    internal override IReadOnlyDictionary<string, string>? Query(ConnectionSettings connection) => connection.ApiVersion is { } version
        ? new Dictionary<string, string>(StringComparer.Ordinal) { [VersionField] = version }
        : base.Query(connection);

    /// <summary>Finds the deployment that a call goes to by its address.</summary>
    /// <param name="call">The call.</param>
    /// <returns>Its name; null at the v1 API, where the body names it.</returns>
    public static string? DeploymentOf(CallContext call) => IsDated(call.Connection.ApiVersion) ? Deployment(call) : null;

    private static string Deployment(CallContext call)
    {
        ParameterRules.PathSegment(call.Model!, "-Model");
        return call.Model!;
    }

    // The v1 API takes "preview" at most; versions that are dates belong to deployments.
    private static bool IsDated(string? apiVersion) => apiVersion is [>= '0' and <= '9', ..];

    // What stands before /openai is the way through a gateway.
    private static string Root(string path)
    {
        int at = (path + "/").IndexOf("/openai/", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? path : path.Substring(0, at);
    }

    private static string? VersionIn(string query) => query.TrimStart('?').Split('&')
        .Select(field => field.Split(['='], 2))
        .FirstOrDefault(field => field.Length == 2 && string.Equals(field[0], VersionField, StringComparison.OrdinalIgnoreCase))?[1];
}
