using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>Anthropic's own API: whatever carries its version header, or goes to its messages.</summary>
internal sealed class AnthropicDialect : Dialect
{
    /// <summary>The header that names the version of the API.</summary>
    public const string VersionHeader = "anthropic-version";

    private AnthropicDialect()
    {
    }

    public static AnthropicDialect Instance { get; } = new();

    public override bool Speaks(HttpRequest http) => http.Header(VersionHeader) is not null || Normalize(http.Path) == "/messages";

    public override string Normalize(string path) => path.StartsWith("/v1/", StringComparison.Ordinal) ? path.Substring("/v1".Length) : path;

    public override string? ReadPrompt(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("messages", out JsonElement messages) || messages.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        // The results of tools come as messages of the user, too.
        return messages.EnumerateArray().Where(PromptReader.IsUser)
            .Select(static message => message.TryGetProperty("content", out JsonElement content) ? PromptReader.Text(content) : null)
            .LastOrDefault(static text => text is not null);
    }

    public override void Check(HttpRequest http)
    {
        if (http.Header(VersionHeader) is null)
        {
            throw new ApiException(Input.Refused($"{VersionHeader}: header is required"));
        }
    }

    public override ApiError UnknownPath(HttpRequest http) => new(404, "Not found", "not_found_error", null, null);

    public override Dictionary<string, object?> ToShape(ApiError error) =>
        Shape.Of(("type", "error"), ("error", Shape.Of(("type", TypeOf(error)), ("message", error.Message))));

    private static string TypeOf(ApiError error) => error switch
    {
        { Code: "insufficient_quota" } => "billing_error",
        { StatusCode: 400 } => "invalid_request_error",
        { StatusCode: 401 } => "authentication_error",
        { StatusCode: 402 } => "billing_error",
        { StatusCode: 403 } => "permission_error",
        { StatusCode: 404 } => "not_found_error",
        { StatusCode: 413 } => "request_too_large",
        { StatusCode: 429 } => "rate_limit_error",
        { StatusCode: 504 } => "timeout_error",
        { StatusCode: 503 or 529 } => "overloaded_error",
        { StatusCode: >= 500, Type: "server_error" } => "api_error",
        _ => error.Type,
    };
}
