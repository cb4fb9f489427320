using System.Text.Json;
using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox.Answers;

/// <summary>An error as the API words it.</summary>
internal sealed record ApiError(int StatusCode, string Message, string Type, string? Param, string? Code)
{
    public const string InvalidRequest = "invalid_request_error";

    /// <summary>The body is no JSON object.</summary>
    public static readonly ApiError BadJson =
        Invalid("We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The API expects a JSON payload.)");

    /// <summary>The usual error of a status.</summary>
    public static ApiError Standard(int statusCode, string? message = null)
    {
        ApiError error = statusCode switch
        {
            401 => new(401, "Incorrect API key provided: ****. Check the key that the request carries.", InvalidRequest, null, "invalid_api_key"),
            403 => new(403, "You are not allowed to use this resource.", InvalidRequest, null, "permission_denied"),
            404 => new(404, "The model does not exist or you do not have access to it.", InvalidRequest, null, "model_not_found"),
            408 => new(408, "The request timed out.", "timeout", null, null),
            409 => new(409, "The resource was changed by another request.", InvalidRequest, null, "conflict"),
            429 => new(429, "Rate limit reached for requests. Please try again later.", "requests", null, "rate_limit_exceeded"),
            503 => new(503, "The engine is currently overloaded, please try again later.", "server_error", null, "overloaded"),
            >= 500 => new(statusCode, "The server had an error while processing your request. Sorry about that!", "server_error", null, null),
            _ => new(statusCode, "The request is invalid.", InvalidRequest, null, null),
        };
        return message is null ? error : error with { Message = message };
    }

    public static ApiError Invalid(string message, string? param = null, string? code = null) =>
        new(400, message, InvalidRequest, param, code);

    public static ApiError WrongContentType(string? type, string expected) =>
        new(415, $"Unsupported content type: '{type}'. This API method only accepts '{expected}' requests.", InvalidRequest, null, "unsupported_content_type");

    public static ApiError Missing(string param) =>
        Invalid($"Missing required parameter: '{param}'.", param, "missing_required_parameter");

    public static ApiError WrongType(string param, string expected, JsonElement got) =>
        Invalid($"Invalid type for '{param}': expected {expected}, but got {Describe(got)} instead.", param, "invalid_type");

    public static ApiError WrongValue(string param, string value, IEnumerable<string> supported) =>
        Invalid($"Invalid value: '{value}'. Supported values are: {string.Join(", ", supported.Select(static item => $"'{item}'"))}.", param, "invalid_value");

    public static ApiError ModelNotFound(string model) =>
        new(404, $"The model `{model}` does not exist or you do not have access to it.", InvalidRequest, "model", "model_not_found");

    /// <summary>The error in OpenAI's form.</summary>
    public Dictionary<string, object?> ToShape() => Shape.Of(("error", Shape.Of(("message", Message), ("type", Type), ("param", Param), ("code", Code))));

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => element.TryGetInt64(out _) ? "an integer" : "a decimal",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };
}
