using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Errors;

/// <summary>
/// What counts as an error though the status says success, in whole answers and in the events of a stream. An <c>error</c> that
/// says something always does, unless an answer stands beside it and it says that all is well. Everything else does only where
/// there is no answer: a message with a code, a <c>detail</c>, <c>errors</c>, and the envelopes of vendors.
/// </summary>
internal static class UnderSuccess
{
    // What services that always send a code or a message say if all is well.
    private static readonly HashSet<string> Successes = new(StringComparer.OrdinalIgnoreCase) { "0", "200", "20000", "ok", "success", "succeeded", "none", "no error", "false", "成功" };

    private static readonly HashSet<string> Faults = new(StringComparer.OrdinalIgnoreCase) { "error", "failed", "fail", "failure", "abort", "aborted", "timeout", "cancelled", "canceled", "insufficient_system_resource" };

    private static readonly string[] Answers = ["choices", "data", "results", "candidates", "content", "output", "answers"];

    /// <summary>The members that can mark an answer as an error; no type of an answer has a property for one of them.</summary>
    public static readonly HashSet<string> Markers = new(
    [
        "error", "Error", "errors", "Errors", "detail", "fault", "exception", "result", "success", "ok", "__type", "status", "header", "response", "Response", "ResponseMetadata", "base_resp",
        .. ApiError.MessageNames, .. ApiError.CodeNames,
    ], StringComparer.Ordinal);

    /// <summary>Whether a text is what a service says where all is well.</summary>
    public static bool IsSuccess(string text) => Successes.Contains(text);

    /// <summary>Whether an answer has unknown members that make it worth a closer look.</summary>
    public static bool IsSuspicious(Dictionary<string, JsonElement>? unknownMembers)
    {
        if (unknownMembers is not null)
        {
            foreach (var name in unknownMembers.Keys)
            {
                if (Markers.Contains(name))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether JSON is an error.</summary>
    public static bool IsError(JsonElement payload)
    {
        if (payload.ValueKind == JsonValueKind.Array)
        {
            return payload.GetArrayLength() > 0 && payload[0].ValueKind == JsonValueKind.Object
                && ApiError.Member(payload[0], "error") is { } wrapped && Says(wrapped, besideAnswer: false);
        }

        if (payload.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        var hasAnswer = HasAnswer(payload);
        // An event that tells the usage alone has its choices, too, and there are none.
        var hasPlace = hasAnswer || ApiError.Member(payload, "choices") is not null;
        if (ApiError.Member(payload, "error") is { } error && Says(error, hasPlace))
        {
            return true;
        }

        return !hasAnswer
            && (IsFailure(payload) || HoldsFailure(payload) || (!hasPlace && (IsSaid(payload, "detail") || IsSaid(payload, "errors") || IsSaid(payload, "Errors"))));
    }

    /// <summary>Looks for an error in one of the answers of a choice.</summary>
    /// <exception cref="WireFormatException">There is one, or the answer ended because of one.</exception>
    public static void RequireNone(WireObject choice, string? finishReason, string raw, WireObject? message = null)
    {
        if (choice.AdditionalProperties is not null || finishReason is not (null or "stop"))
        {
            Examine(choice.AdditionalProperties, finishReason, raw);
        }

        if (message?.AdditionalProperties is { } more)
        {
            Examine(more, finishReason: null, raw);
        }
    }

    private static void Examine(Dictionary<string, JsonElement>? members, string? finishReason, string raw)
    {
        if (members is not null && members.TryGetValue("error", out var error) && Says(error, besideAnswer: true) && ApiError.TryParse(error, out var said))
        {
            throw new WireFormatException(said, raw);
        }

        if (finishReason is not null && IsFault(finishReason))
        {
            throw new WireFormatException(new ApiError($"The answer ended with '{finishReason}'.", finishReason), raw);
        }
    }

    // Reasons that are faults of the service: what is there by then is half an answer.
    private static bool IsFault(string finishReason) => finishReason.EndsWith("error", StringComparison.OrdinalIgnoreCase) || Faults.Contains(finishReason);

    private static bool HasAnswer(JsonElement payload)
    {
        foreach (var name in Answers)
        {
            if (ApiError.Member(payload, name) is { } answer && !IsEmpty(answer))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFailure(JsonElement payload) => HasBadCode(payload)
        ? ApiError.FirstText(payload, ApiError.MessageNames) is { } message && !Successes.Contains(message)
        : ApiError.FirstText(payload, "success") is "false" or "0" || ApiError.FirstText(payload, "ok") is "false";

    private static bool HasBadCode(JsonElement payload) =>
        (ApiError.FirstText(payload, ApiError.CodeNames) is { } code && !Successes.Contains(code))
        || ApiError.FirstText(payload, "object") is "error"
        || ApiError.FirstText(payload, "type") is "error"
        || ApiError.FirstText(payload, "__type") is not null
        || ApiError.FirstText(payload, "status") is ['4' or '5', >= '0' and <= '9', >= '0' and <= '9']
        || Faults.Contains(ApiError.FirstText(payload, "status") ?? "");

    // Envelopes of MiniMax, Spark, Tencent, Volcengine, Apigee, and an event that failed.
    private static bool HoldsFailure(JsonElement payload) =>
        (ApiError.Member(payload, "header") is { } header && HasBadCode(header))
        || (ApiError.Member(payload, "base_resp") is { } status && HasBadCode(status))
        || IsSaid(payload, "Error")
        || IsSaid(payload, "fault")
        || IsSaid(payload, "exception")
        || (ApiError.Member(payload, "err") is { ValueKind: JsonValueKind.Object } err && Says(err, besideAnswer: false))
        || (ApiError.Member(payload, "data") is { } data && IsSaid(data, "error"))
        || (ApiError.Member(payload, "result") is { } result && IsSaid(result, "error"))
        || HoldsException(payload)
        || (ApiError.Member(payload, "response") is { } response && IsSaid(response, "error"))
        || (ApiError.Member(payload, "Response") is { } outer && IsSaid(outer, "Error"))
        || (ApiError.Member(payload, "ResponseMetadata") is { } metadata && IsSaid(metadata, "Error"));

    // Bedrock names a failure of a stream by a member, such as internalServerException.
    private static bool HoldsException(JsonElement payload)
    {
        foreach (var member in payload.EnumerateObject())
        {
            if (JsonText.Name(member) is { } name && name.EndsWith("Exception", StringComparison.Ordinal) && Says(member.Value, besideAnswer: false))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSaid(JsonElement payload, string name) => ApiError.Member(payload, name) is { } said && Says(said, besideAnswer: false);

    private static bool Says(JsonElement error, bool besideAnswer)
    {
        switch (error.ValueKind)
        {
            case JsonValueKind.Object:
                var code = ApiError.FirstText(error, ApiError.CodeNames) ?? ApiError.FirstText(error, ApiError.TypeNames);
                return ApiError.FirstText(error, ApiError.MessageNames) is { } message
                    ? !besideAnswer || !(Successes.Contains(message) || (code is not null && Successes.Contains(code)))
                    : code is not null ? !Successes.Contains(code) : !besideAnswer && HasText(error);
            case JsonValueKind.Array:
                foreach (var item in error.EnumerateArray())
                {
                    if (Says(item, besideAnswer))
                    {
                        return true;
                    }
                }

                return false;
            case JsonValueKind.String:
                return ApiError.Text(error) is { } text && !(besideAnswer && Successes.Contains(text));
            case JsonValueKind.Number:
                return !besideAnswer && ApiError.Text(error) is not "0";
            default:
                return error.ValueKind == JsonValueKind.True;
        }
    }

    private static bool HasText(JsonElement error)
    {
        foreach (var member in error.EnumerateObject())
        {
            if (!IsEmpty(member.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => !value.EnumerateObject().MoveNext(),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => ApiError.Text(value) is null,
    };
}
