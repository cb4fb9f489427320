using System.Globalization;
using ChatPS.Sandbox.Answers;

namespace ChatPS.Sandbox;

/// <summary>A fault that the sandbox plays instead of, or within, its answer.</summary>
public sealed class SandboxFault
{
    /// <summary>What goes wrong. Default: an error status.</summary>
    public SandboxFaultKind Kind { get; init; }

    /// <summary>The HTTP status of <see cref="SandboxFaultKind.Status"/> and <see cref="SandboxFaultKind.HtmlPage"/>, and the origin of the default error. Default: 500.</summary>
    public int StatusCode { get; init; } = 500;

    /// <summary>The time to wait that an error status asks for, in <c>Retry-After</c> (whole seconds, rounded up) and <c>retry-after-ms</c>. Default: not sent.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The error's <c>code</c>, such as <c>insufficient_quota</c>. Default: what fits the status.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The error's <c>type</c>. Default: what fits the code, else the status.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The error's <c>message</c>. Default: what fits the code, else the status.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The fault is due at every Nth matching request. Default: 1, each of them.</summary>
    public int Every { get; init; } = 1;

    /// <summary>How often the fault is played before it stops. Default: always.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>The pattern (<c>*</c>, <c>?</c>, ignoring case) for the path. Default: any.</summary>
    public string? Path { get; init; }

    /// <summary>The pattern (<c>*</c>, <c>?</c>, ignoring case) for the model. Default: any.</summary>
    public string? Model { get; init; }

    /// <summary>The pattern (<c>*</c>, <c>?</c>, ignoring case) for the prompt, the text of the last user message. Default: any.</summary>
    public string? Prompt { get; init; }

    /// <summary>The name under which a request records the fault.</summary>
    public override string ToString() => Kind is SandboxFaultKind.Status or SandboxFaultKind.HtmlPage
        ? string.Format(CultureInfo.InvariantCulture, "{0} {1}", Kind, StatusCode)
        : Kind.ToString();

    /// <summary>The error that it answers with.</summary>
    internal ApiError ToError()
    {
        ApiError error = ApiError.Standard(StatusCode);
        error = ErrorCode switch
        {
            null => error,
            "insufficient_quota" => error with
            {
                Message = "You exceeded your current quota, please check your plan and billing details.",
                Type = "insufficient_quota",
            },
            "context_length_exceeded" => error with
            {
                Message = "This model's maximum context length is 8192 tokens. However, your messages resulted in more. Please reduce the length of the messages.",
                Type = ApiError.InvalidRequest,
                Param = "messages",
            },
            "content_filter" or "content_policy_violation" => error with
            {
                Message = "The request was refused by the content filter.",
                Type = ApiError.InvalidRequest,
            },
            _ => error,
        };
        return error with
        {
            Code = ErrorCode ?? error.Code,
            Type = ErrorType ?? error.Type,
            Message = ErrorMessage ?? error.Message,
        };
    }
}
