using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Errors;

/// <summary>What a service says about a failure, whatever form it says it in.</summary>
public sealed class ApiError
{
    internal static readonly string[] MessageNames =
        ["message", "msg", "err", "error_msg", "status_msg", "error_description", "error_message", "errorMessage", "errmsg", "err_msg", "Message", "faultstring", "title", "reason"];

    internal static readonly string[] TypeNames = ["type", "status", "error_type", "__type"];
    internal static readonly string[] CodeNames = ["code", "status_code", "statusCode", "error_code", "errorCode", "errcode", "err_code", "Code"];

    /// <summary>The members that can mark an answer as an error; no type of an answer has a property for one of them.</summary>
    internal static IReadOnlyCollection<string> Markers => UnderSuccess.Markers;

    private static readonly (string Outer, string Name)[] Holders = [("response", "error"), ("Response", "Error"), ("ResponseMetadata", "Error")];

    /// <summary>Makes an error.</summary>
    public ApiError(string message, string? type = null, string? code = null, string? param = null)
    {
        Message = message;
        Type = type;
        Code = code;
        Param = param;
    }

    /// <summary>The text of the error, never empty.</summary>
    public string Message { get; }

    /// <summary>The kind of error, such as <c>invalid_request_error</c>, or null.</summary>
    public string? Type { get; }

    /// <summary>The code of the error, such as <c>model_not_found</c> or <c>429</c>, or null.</summary>
    public string? Code { get; }

    /// <summary>The field of the request that the error is about, or null.</summary>
    public string? Param { get; }

    /// <summary>How long the service asks to wait, where its error says so, or null.</summary>
    public TimeSpan? RetryDelay { get; private set; }

    /// <summary>Reads the body of a failed request: JSON in any of the known forms, a web page, or plain text.</summary>
    /// <returns>False if the body says nothing.</returns>
    public static bool TryParse(string? body, [NotNullWhen(true)] out ApiError? error)
    {
        error = null;
        var text = body?.Trim() ?? "";
        if (text.Length == 0)
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return TryParse(document.RootElement, out error);
        }
        catch (JsonException)
        {
            var shortened = PageText.Shorten(text);
            error = shortened.Length == 0 ? null : new ApiError(shortened);
            return error is not null;
        }
    }

    /// <summary>Reads an error from JSON that is one.</summary>
    /// <returns>False if the JSON says nothing.</returns>
    public static bool TryParse(JsonElement payload, [NotNullWhen(true)] out ApiError? error)
    {
        error = payload.ValueKind switch
        {
            JsonValueKind.Object => FromObject(payload),
            JsonValueKind.Array when payload.GetArrayLength() > 0 => TryParse(payload[0], out var first) ? first : null,
            JsonValueKind.String when Text(payload) is { } text => new ApiError(text),
            _ => null,
        };
        return error is not null;
    }

    /// <summary>
    /// Whether JSON that came under a status of success, or as an event of a stream, is an error: an <c>error</c> that says
    /// something, or words and a code where the answer should be.
    /// </summary>
    public static bool IsErrorPayload(JsonElement payload) => UnderSuccess.IsError(payload);

    /// <summary>Finds the words of an error in JSON that is no answer.</summary>
    /// <returns>The error; null where nothing in it is meant to be read.</returns>
    internal static ApiError? FindWords(JsonElement payload) => payload.ValueKind == JsonValueKind.Object ? FromMembers(payload) : null;

    private static ApiError? FromObject(JsonElement root) =>
        FromMembers(root) ?? (SaysSomething(root) ? new ApiError(PageText.Shorten(root.GetRawText())) : null);

    private static ApiError? FromMembers(JsonElement root)
    {
        if (Member(root, "error") is { } error)
        {
            if (error.ValueKind == JsonValueKind.Object && SaysSomething(error))
            {
                return From(error, UpstreamError.Join(FirstText(error, MessageNames) ?? FirstText(root, MessageNames), error), root);
            }

            if (error.ValueKind == JsonValueKind.String && Text(error) is { } text)
            {
                // With a message beside it, a string names the kind of error.
                return FirstText(root, MessageNames) is { } message
                    ? new ApiError(message, text, FirstText(root, CodeNames), FirstText(root, "param"))
                    : From(root, text);
            }
        }

        if (FirstText(root, MessageNames) is { } own)
        {
            return From(root, own);
        }

        foreach (var candidate in Candidates(root))
        {
            if (candidate.ValueKind == JsonValueKind.Object && FirstText(candidate, MessageNames) is { } nested)
            {
                return From(candidate, nested, root);
            }

            if (candidate.ValueKind == JsonValueKind.String && Text(candidate) is { } text)
            {
                return From(root, text);
            }
        }

        return null;
    }

    private static IEnumerable<JsonElement> Candidates(JsonElement root)
    {
        if (Member(root, "header") is { } header)
        {
            yield return header;
        }

        if (Member(root, "base_resp") is { } status)
        {
            yield return status;
        }

        foreach (var (outer, name) in Holders)
        {
            if (Member(root, outer) is { } holder && Member(holder, name) is { } inner)
            {
                yield return inner;
            }
        }

        foreach (var name in new[] { "error", "Error", "fault", "detail", "errors", "Errors" })
        {
            if (Member(root, name) is not { } detail)
            {
                continue;
            }

            // FastAPI lists what is wrong with each field; others have a member for each.
            if (detail.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in detail.EnumerateArray())
                {
                    yield return item;
                }
            }
            else if (detail.ValueKind == JsonValueKind.Object && name is "errors" or "Errors")
            {
                yield return detail;
                foreach (var member in detail.EnumerateObject())
                {
                    yield return member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() > 0 ? member.Value[0] : member.Value;
                }
            }
            else
            {
                yield return Member(detail, "error") ?? detail;
            }
        }
    }

    private static ApiError From(JsonElement error, string? message, JsonElement outer = default) => new(
        message ?? FirstText(error, CodeNames) ?? FirstText(error, TypeNames) ?? PageText.Shorten(error.GetRawText()),
        FirstText(error, TypeNames) ?? FirstText(outer, "type"),
        GoogleDetails.Code(error) ?? FirstText(error, CodeNames) ?? FirstText(outer, CodeNames),
        FirstText(error, "param") ?? FirstText(outer, "param")) { RetryDelay = GoogleDetails.RetryDelay(error) };

    /// <summary>Whether what stands in the place of an error is one: many services send that place empty with every answer.</summary>
    internal static bool SaysSomething(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    if (Text(member.Value) is { } text && !IsNothing(member.Value.ValueKind, text))
                    {
                        return true;
                    }
                }

                return false;
            case JsonValueKind.String:
                return Text(element) is not null;
            default:
                return element.ValueKind == JsonValueKind.True;
        }
    }

    // Some services send an error with every answer, in which nothing is set.
    private static bool IsNothing(JsonValueKind kind, string text) =>
        kind == JsonValueKind.False || UnderSuccess.IsSuccess(text) || (kind is JsonValueKind.Object or JsonValueKind.Array && text.Length == 2);

    internal static JsonElement? Member(JsonElement element, string name) => JsonText.Member(element, name);

    internal static string? FirstText(JsonElement element, params string[] names)
    {
        foreach (var name in names)
        {
            if (Member(element, name) is { } value && Text(value) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    internal static string? Text(JsonElement element) =>
        JsonText.Read(element)?.Trim() is { Length: > 0 } text ? text : null;
}
