namespace ChatPS;

/// <summary>A request that got no proper answer.</summary>
public sealed class ChatServiceException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="errorId">See <see cref="ErrorId"/>.</param>
    /// <param name="message">What happened, in words.</param>
    /// <param name="recommendedAction">What to do about it.</param>
    /// <param name="innerException">What caused it.</param>
    public ChatServiceException(string errorId, string message, string recommendedAction, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        RecommendedAction = recommendedAction;
    }

    /// <summary>
    /// The kind of failure: AuthenticationFailed, RateLimited, QuotaExceeded, ModelNotFound, ContextTooLong, ContentFiltered,
    /// InvalidRequest, Timeout, ConnectionFailed, StreamTruncated, BadResponse, ServerError, InternalError, BudgetExceeded,
    /// TooManyFailures, CheckpointFailed, LogFailed, ToolLimitExceeded or ToolsStopped.
    /// </summary>
    public string ErrorId { get; }

    /// <summary>What to do about it.</summary>
    public string RecommendedAction { get; }

    /// <summary>The HTTP status, if there was an answer.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The service's own error code, such as <c>insufficient_quota</c>.</summary>
    public string? ServiceCode { get; init; }

    /// <summary>The request's parameter that the service found fault with.</summary>
    public string? ServiceParameter { get; init; }

    /// <summary>The endpoint that the service does not have, such as <c>/moderations</c>; null where it failed otherwise.</summary>
    public string? MissingEndpoint { get; init; }

    /// <summary>The service's id of the request, for its support desk.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the service asks to wait before the next request.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How many times the request was sent.</summary>
    public int Attempts { get; init; }

    /// <summary>How long it was tried, waits included; zero where nothing was sent.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The text that had arrived before a stream broke.</summary>
    public string? PartialText { get; init; }

    /// <summary>The last preview of a picture whose stream broke off; null for none.</summary>
    public ChatImage? PartialImage { get; set; }

    /// <summary>The answer so far with its transcript, where tools had been run before it failed; else null.</summary>
    public ChatCompletion? Completion { get; set; }

    /// <summary>What the service's content filter found, where it says so in the error.</summary>
    public ChatContentFilter[] ContentFilters { get; init; } = [];

    /// <summary>The place of the item in the pipeline, from 0, where the item itself is at fault; null for any other failure.</summary>
    public int? Index { get; set; }

    /// <summary>The body that the service answered with, without any key.</summary>
    public string? ResponseBody { get; init; }
}
