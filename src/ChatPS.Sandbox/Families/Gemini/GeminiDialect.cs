using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>Google's own API for Gemini, below <c>/v1beta</c> or <c>/v1</c>.</summary>
internal sealed class GeminiDialect : Dialect
{
    /// <summary>How a path ends that asks for content.</summary>
    public const string Generate = ":generateContent";

    /// <summary>How a path ends that asks for content as a stream.</summary>
    public const string Stream = ":streamGenerateContent";

    /// <summary>How a path ends that asks how many tokens there are.</summary>
    public const string Count = ":countTokens";

    private const string Upload = "/upload";

    private static readonly string[] Versions = ["/v1beta", "/v1alpha", "/v1"];

    private GeminiDialect()
    {
    }

    public static GeminiDialect Instance { get; } = new();

    public override bool Speaks(HttpRequest http) =>
        AsksModel(http.Path) || http.Path.StartsWith(Upload + "/", StringComparison.Ordinal) || http.Path.StartsWith("/v1beta/", StringComparison.Ordinal) || http.Header("x-goog-api-key") is not null;

    public override string? ReadKey(HttpRequest http, JsonElement body) => http.Header("x-goog-api-key") ?? base.ReadKey(http, body);

    public override string? ReadModel(HttpRequest http, JsonElement body) => ModelIn(http.Path) ?? base.ReadModel(http, body);

    public override string? ReadPrompt(JsonElement body) => GeminiConversation.ReadPrompt(body);

    public override bool ReadStream(HttpRequest http, JsonElement body) => http.Path.EndsWith(Stream, StringComparison.Ordinal);

    public override string Normalize(string path)
    {
        if (AsksModel(path))
        {
            // Whatever stands before the model is not looked at.
            return "/models" + path.Substring(path.LastIndexOf('/'));
        }

        if (path.StartsWith(Upload + "/", StringComparison.Ordinal))
        {
            return Upload + Normalize(path.Substring(Upload.Length));
        }

        string? version = Array.Find(Versions, version => path.StartsWith(version + "/", StringComparison.Ordinal));
        return version is null ? path : path.Substring(version.Length);
    }

    public override Dictionary<string, object?> ToShape(ApiError error)
    {
        Dictionary<string, object?> shape = Shape.Of(("code", error.StatusCode), ("message", error.Message), ("status", StatusOf(error.StatusCode)));
        return Shape.Of(("error", DetailOf(error.Code) is { } detail ? shape.With(("details", new[] { detail })) : shape));
    }

    private static Dictionary<string, object?>? DetailOf(string? code) => code switch
    {
        "invalid_api_key" => Shape.Of(("@type", "type.googleapis.com/google.rpc.ErrorInfo"), ("reason", "API_KEY_INVALID"), ("domain", "googleapis.com")),
        "insufficient_quota" => Shape.Of(
            ("@type", "type.googleapis.com/google.rpc.QuotaFailure"),
            ("violations", new[] { Shape.Of(("quotaId", "GenerateRequestsPerDayPerProjectPerModel-FreeTier")) })),
        _ => null,
    };

    private static string StatusOf(int statusCode) => statusCode switch
    {
        400 => "INVALID_ARGUMENT",
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        409 => "ABORTED",
        429 => "RESOURCE_EXHAUSTED",
        499 => "CANCELLED",
        501 => "UNIMPLEMENTED",
        503 => "UNAVAILABLE",
        408 or 504 => "DEADLINE_EXCEEDED",
        >= 500 => "INTERNAL",
        _ => "FAILED_PRECONDITION",
    };

    private static bool AsksModel(string path) => path.EndsWith(Generate, StringComparison.Ordinal) || path.EndsWith(Stream, StringComparison.Ordinal) || path.EndsWith(Count, StringComparison.Ordinal);

    // .../models/gemini-2.5-flash:generateContent
    private static string? ModelIn(string path)
    {
        int end = path.LastIndexOf(':');
        int start = path.LastIndexOf('/') + 1;
        return end > start ? Uri.UnescapeDataString(path.Substring(start, end - start)) : null;
    }
}
