using System.Text.Json;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.OpenAI.Batches;

/// <summary>
/// A batch. It goes on whenever it is looked at, so that no test has to wait: checked at the first look, half done at the second,
/// done at the third, its results there at the fourth. Words in the values of its metadata make it go another way; see <see cref="TaskWords"/>.
/// Whoever uses it, locks it.
/// </summary>
/// <param name="options">What the sandbox was started with.</param>
/// <param name="id">Its id.</param>
/// <param name="endpoint">The endpoint of its requests, without its version.</param>
/// <param name="input">The file with its requests.</param>
/// <param name="run">Works on them.</param>
internal sealed class BatchTask(FamilyOptions options, string id, string endpoint, StoredFile input, BatchRun run)
{
    private readonly Dictionary<string, DateTimeOffset> _times = new(StringComparer.Ordinal);
    private string _words = "";
    private BatchInput? _checked;
    private bool _isHalfDone;
    private string _end = "completed";

    public string Id => id;

    /// <summary>The endpoint as it was given.</summary>
    public required string Endpoint { get; init; }

    public string InputFileId => input.Id;

    public required DateTimeOffset Created { get; init; }

    /// <summary>When its time runs out; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>How long its results live.</summary>
    public TimeSpan? OutputLifetime { get; init; }

    public JsonElement? Metadata
    {
        get;
        init
        {
            field = value?.Clone();
            _words = value is { } labels ? string.Join(" ", labels.EnumerateObject().Select(static label => label.Value.ToString())) : "";
        }
    }

    public string Status { get; private set; } = "validating";

    public IReadOnlyList<BatchComplaint> Complaints { get; private set; } = [];

    public string? OutputFileId { get; private set; }

    public string? ErrorFileId { get; private set; }

    public string? Model => _checked?.Model;

    /// <summary>How many requests it has; 0 before it was checked.</summary>
    public int Total => Complaints.Count == 0 ? _checked?.Requests ?? 0 : 0;

    public int Completed => run.Completed;

    public int Failed => run.Failed;

    /// <summary>How many tokens it holds in the queue.</summary>
    public long QueuedTokens => Status is "in_progress" or "finalizing" or "cancelling" ? _checked?.Tokens ?? 0 : 0;

    /// <summary>When it came to a status; null if it did not.</summary>
    public DateTimeOffset? TimeOf(string status) => _times.TryGetValue(status, out DateTimeOffset time) ? time : null;

    /// <summary>Whether its status is a word that nobody knows.</summary>
    public bool IsOdd => Status == "in_progress" && !_isHalfDone && _words.Contains(TaskWords.Odd);

    /// <summary>Looks at it.</summary>
    /// <param name="head">The head of the request that looks.</param>
    /// <param name="freeTokens">How many tokens the queue has room for; null for any number.</param>
    public void Look(HttpRequest head, long? freeTokens)
    {
        switch (Status)
        {
            case "validating":
                Check(freeTokens);
                break;
            case "in_progress" when Expires <= options.Clock() || (_isHalfDone && _words.Contains(TaskWords.Expire)):
                GiveUp(head, "batch_expired");
                _end = "expired";
                Enter("finalizing");
                break;
            case "in_progress" when _isHalfDone && _words.Contains(TaskWords.Cancel):
                Enter("cancelling");
                break;
            case "in_progress" when _words.Contains(TaskWords.Slow):
                break;
            case "in_progress" when !_isHalfDone:
                run.Work(_checked!.Middle, _checked.Middle == 0 ? 0 : input.Bytes - _checked.Middle, head);
                _isHalfDone = true;
                break;
            case "in_progress":
                run.Work(0, _checked!.Middle == 0 ? input.Bytes : _checked.Middle, head);
                Enter("finalizing");
                break;
            case "finalizing":
                End(_end);
                break;
            case "cancelling":
                if (_isHalfDone)
                {
                    GiveUp(head, "batch_cancelled");
                }

                End("cancelled");
                break;
        }
    }

    /// <summary>Stops it.</summary>
    /// <returns>Whether there was something to stop.</returns>
    public bool Cancel()
    {
        bool isUnderWay = Status is "validating" or "in_progress" or "finalizing" or "cancelling";
        if (isUnderWay && Status != "cancelling")
        {
            _isHalfDone &= Status != "finalizing";
            Enter("cancelling");
        }

        return isUnderWay;
    }

    private void Check(long? freeTokens)
    {
        _checked = BatchInput.Read(input, endpoint, options.Limits);
        Complaints = _checked.Complaints.Count > 0 ? _checked.Complaints
            : _words.Contains(TaskWords.Refuse) ? [new BatchComplaint("invalid_request", "The batch was refused, as its metadata asks for.", null)]
            : _checked.Tokens > freeTokens ? [new BatchComplaint("token_limit_exceeded", $"Enqueued token limit reached for {Model}. Please try again once some in_progress batches have been completed.", null)]
            : [];
        Enter(Complaints.Count > 0 ? "failed" : "in_progress");
    }

    private void GiveUp(HttpRequest head, string code)
    {
        if (_isHalfDone && _checked!.Middle > 0)
        {
            run.Work(0, _checked.Middle, head, code);
        }
        else
        {
            run.Work(0, input.Bytes, head, code);
        }
    }

    private void End(string status)
    {
        (OutputFileId, ErrorFileId) = run.Keep(OutputLifetime);
        Enter(status);
    }

    private void Enter(string status)
    {
        Status = status;
        _times[status] = options.Clock();
    }
}
