using ChatPS.Client.Faults;

namespace ChatPS.Scheduling;

/// <summary>
/// Counts the failures of a run and says when it ends: at one that all items would meet, such as a wrong key, or at as many as
/// the user allows. It is made at the first failure.
/// </summary>
/// <param name="most">What the user allows.</param>
internal sealed class FailureLimit(MaxFailure most)
{
    private const int MostUnreachedInRow = 10;

    // The share of a few items says little.
    private const int LeastForShare = 10;

    private const string HowToGoOn = "With -CheckpointPath a further run starts where this one stopped; -MaxFailure 0 goes on whatever fails.";

    private ChatServiceException? _last;
    private ChatServiceException? _end;
    private int _failed;
    private int _unreachedInRow;

    /// <summary>An item has its answer.</summary>
    public void Succeeded() => _unreachedInRow = 0;

    /// <summary>Takes note of the failure of an item.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>Whether it is that of the run: no other item would fare better.</returns>
    public bool IsThatOfTheRun(ChatServiceException failure)
    {
        _failed++;
        if (failure.ErrorId != ErrorIds.ConnectionFailed)
        {
            _unreachedInRow = failure.StatusCode is null ? _unreachedInRow : 0;
        }
        else if (!ReferenceEquals(failure, _last))
        {
            // The items of one request share its failure.
            _unreachedInRow++;
        }

        _last = failure;
        return !most.IsNever
            && (failure.ErrorId is ErrorIds.AuthenticationFailed or ErrorIds.QuotaExceeded
                || (failure.ErrorId == ErrorIds.ConnectionFailed && _unreachedInRow >= MostUnreachedInRow)
                || (_end?.InnerException is ChatServiceException cause && cause.ErrorId == failure.ErrorId));
    }

    /// <summary>Makes the error that ends the run.</summary>
    /// <param name="cause">The failure of an item that no other would escape.</param>
    /// <param name="done">How many items have their answers.</param>
    /// <returns>The error.</returns>
    public ChatServiceException End(ChatServiceException cause, int done)
    {
        string what = cause.ErrorId == ErrorIds.ConnectionFailed ? FormattableString.Invariant($"{MostUnreachedInRow} requests in a row did not reach the service. ") : "";
        return _end ??= new ChatServiceException(cause.ErrorId, $"{what}{cause.Message.TrimEnd('.')}. {Ended(done)}", $"{cause.RecommendedAction} {HowToGoOn}", cause)
        {
            StatusCode = cause.StatusCode,
            ServiceCode = cause.ServiceCode,
            ServiceParameter = cause.ServiceParameter,
            RequestId = cause.RequestId,
            RetryAfter = cause.RetryAfter,
            Attempts = cause.Attempts,
            ResponseBody = cause.ResponseBody,
        };
    }

    /// <summary>Makes the error that ends the run where as many items failed as may.</summary>
    /// <param name="done">How many items have their answers.</param>
    /// <returns>The error; null where the run goes on.</returns>
    public ChatServiceException? EndOfMany(int done) =>
        _failed >= most.Number || (done + _failed >= LeastForShare && _failed >= most.Share * (done + _failed)) ? TooMany(done) : null;

    /// <summary>The same, once all items are finished, however few they are.</summary>
    /// <param name="finished">How many items there were.</param>
    /// <returns>The error; null where not too many failed.</returns>
    public ChatServiceException? EndOfAll(int finished) => finished > 1 && _failed >= most.Share * finished ? TooMany(finished - _failed) : null;

    private ChatServiceException TooMany(int done) => new(
        ErrorIds.TooManyFailures,
        FormattableString.Invariant($"{_failed} of {done + _failed} items failed (-MaxFailure {most}). The last of them: {_last!.Message.TrimEnd('.')}. {Ended(done)}"),
        $"See what the errors say. {HowToGoOn}",
        _last);

    private static string Ended(int done) => FormattableString.Invariant($"The run was ended; {done} {(done == 1 ? "answer is" : "answers are")} there.");
}
