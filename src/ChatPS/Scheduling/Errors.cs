using System.Management.Automation;
using System.Management.Automation.Host;
using ChatPS.Client.Faults;

namespace ChatPS.Scheduling;

/// <summary>Turns failures of the engine into error records.</summary>
internal static class Errors
{
    // From 7.5 on PowerShell prints the recommendation below the message; before, nobody would see it.
    private static readonly bool ShowsRecommendation = typeof(PSCmdlet).Assembly.GetName().Version >= new Version(7, 5);

    public static ErrorRecord ToRecord(ChatServiceException failure, object? target) => ToRecord(failure, new FailedItem(target));

    public static ErrorRecord ToRecord(ChatServiceException failure, FailedItem item)
    {
        string tries = failure.Attempts > 1 ? FormattableString.Invariant($" (tried {failure.Attempts} times in {failure.Elapsed.TotalSeconds:0.0} s)") : "";
        string requestId = failure.RequestId is null ? "" : $" (request id {failure.RequestId})";
        string advice = ShowsRecommendation ? "" : " " + failure.RecommendedAction;
        return new ErrorRecord(failure, failure.ErrorId, Category(failure.ErrorId), item.Target)
        {
            ErrorDetails = new ErrorDetails(Printable.Text($"{item.Prefix()}{failure.Message}{tries}{requestId}{advice}")) { RecommendedAction = failure.RecommendedAction },
        };
    }

    /// <summary>Whether a failure concerns not an item but the run: going on would cost money for nothing.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>Whether to end the run.</returns>
    public static bool EndsRun(ChatServiceException failure) => failure.ErrorId is ErrorIds.BudgetExceeded or ErrorIds.CheckpointFailed or ErrorIds.LogFailed or ErrorIds.ToolsStopped;

    /// <summary>Whether an exception is no failure of an item, but the end of the pipeline that PowerShell or the user asks for.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>Whether to let it pass.</returns>
    public static bool EndsPipeline(Exception exception, CancellationToken cancellationToken) =>
        exception is PipelineStoppedException or ActionPreferenceStopException or FlowControlException || (exception is OperationCanceledException && cancellationToken.IsCancellationRequested);

    /// <summary>Whether it is the host that failed, on the pipeline's thread: one that cannot ask, as for -Confirm, can for no other item.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>Whether to let it pass.</returns>
    public static bool IsOfHost(Exception exception) => exception is HostException or PSInvalidOperationException;

    internal static ErrorCategory Category(string errorId) => errorId switch
    {
        ErrorIds.AuthenticationFailed => ErrorCategory.AuthenticationError,
        ErrorIds.RateLimited => ErrorCategory.LimitsExceeded,
        ErrorIds.QuotaExceeded => ErrorCategory.QuotaExceeded,
        ErrorIds.ModelNotFound => ErrorCategory.ObjectNotFound,
        ErrorIds.ContextTooLong => ErrorCategory.LimitsExceeded,
        ErrorIds.ContentFiltered => ErrorCategory.PermissionDenied,
        ErrorIds.InvalidRequest => ErrorCategory.InvalidArgument,
        ErrorIds.Timeout => ErrorCategory.OperationTimeout,
        ErrorIds.ConnectionFailed => ErrorCategory.ConnectionError,
        ErrorIds.StreamTruncated => ErrorCategory.ReadError,
        ErrorIds.BadResponse => ErrorCategory.InvalidResult,
        ErrorIds.ServerError => ErrorCategory.ResourceUnavailable,
        ErrorIds.InternalError => ErrorCategory.InvalidOperation,
        ErrorIds.BudgetExceeded => ErrorCategory.LimitsExceeded,
        ErrorIds.TooManyFailures => ErrorCategory.LimitsExceeded,
        ErrorIds.CheckpointFailed or ErrorIds.LogFailed => ErrorCategory.WriteError,
        ErrorIds.ToolLimitExceeded => ErrorCategory.LimitsExceeded,
        ErrorIds.ToolsStopped => ErrorCategory.OperationStopped,
        ErrorIds.SecretModuleMissing => ErrorCategory.NotInstalled,
        ErrorIds.VaultNotFound or ErrorIds.SecretNotFound => ErrorCategory.ObjectNotFound,
        ErrorIds.VaultLocked => ErrorCategory.AuthenticationError,
        _ => ErrorCategory.NotSpecified,
    };
}
