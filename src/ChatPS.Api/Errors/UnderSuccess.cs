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

    private static readonly string[] Answers = ["choices", "data", "results", "candidates", "content", "output"];

    /// <summary>The members that can mark an answer as an error; no type of an answer has a property for one of them.</summary>
    public static readonly HashSet<string> Markers = new(
    [
        "error", "Error", "errors", "Errors", "detail", "fault", "success", "header", "response", "Response", "ResponseMetadata", "base_resp",
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
        if (ApiError.Member(payload, "error") is { } error && Says(error, hasAnswer))
        {
            return true;
        }

        return !hasAnswer
            && (IsFailure(payload) || IsSaid(payload, "detail") || IsSaid(payload, "errors") || IsSaid(payload, "Errors") || HoldsFailure(payload));
    }

    /// <summary>Looks for an error in one of the answers of a choice.</summary>
    /// <exception cref="WireFormatException">There is one, or the answer ended because of one.</exception>
    public static void RequireNone(WireObject choice, string? finishReason, string raw)
    {
        if (choice.AdditionalProperties is not null || finishReason is not (null or "stop"))
        {
            Examine(choice.AdditionalProperties, finishReason, raw);
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
    private static bool IsFault(string finishReason) => finishReason is "error" or "failed" or "abort" or "network_error" or "server_error" or "internal_error" or "insufficient_system_resource";

    private static bool HasAnswer(JsonElement payload)
    {
        foreach (var name in Answers)
        {
            if (ApiError.Member(payload, name) is { } answer && (name == "choices" || !IsEmpty(answer)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFailure(JsonElement payload) => HasBadCode(payload)
        ? ApiError.FirstText(payload, ApiError.MessageNames) is { } message && !Successes.Contains(message)
        : ApiError.FirstText(payload, "success") is "false" or "0";

    private static bool HasBadCode(JsonElement payload) =>
        (ApiError.FirstText(payload, ApiError.CodeNames) is { } code && !Successes.Contains(code))
        || ApiError.FirstText(payload, "object") is "error"
        || ApiError.FirstText(payload, "type") is "error"
        || ApiError.FirstText(payload, "status") is "error" or "failed" or "fail" or ['4' or '5', >= '0' and <= '9', >= '0' and <= '9'];

    // Envelopes of MiniMax, Spark, Tencent, Volcengine, Apigee, and an event that failed.
    private static bool HoldsFailure(JsonElement payload) =>
        (ApiError.Member(payload, "header") is { } header && HasBadCode(header))
        || (ApiError.Member(payload, "base_resp") is { } status && HasBadCode(status))
        || IsSaid(payload, "Error")
        || IsSaid(payload, "fault")
        || (ApiError.Member(payload, "response") is { } response && IsSaid(response, "error"))
        || (ApiError.Member(payload, "Response") is { } outer && IsSaid(outer, "Error"))
        || (ApiError.Member(payload, "ResponseMetadata") is { } metadata && IsSaid(metadata, "Error"));

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
