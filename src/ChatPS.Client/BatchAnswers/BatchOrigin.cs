using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.BatchAnswers;

/// <summary>Where an answer of a batch comes from. Nobody knows how long it took the service.</summary>
internal sealed class BatchOrigin(CallContext call) : IAnswerOrigin
{
    public string ConnectionName => call.ConnectionName;

    public Secrets Secrets => call.Secrets;

    public string? RequestId => call.RequestId;

    public TimeSpan Elapsed => TimeSpan.Zero;

    public DateTimeOffset At => call.At;

    // The quota of the batch's day says nothing of this one.
    public void Note(ChatQuota? quota)
    {
    }

    public decimal? Succeed(string? model, ChatUsage? usage = null) => call.Succeed(model, usage);

    public decimal? Succeed(string? model, ChatUsage? usage, IReadOnlyDictionary<string, decimal> units) => call.Succeed(model, usage, units);
}
