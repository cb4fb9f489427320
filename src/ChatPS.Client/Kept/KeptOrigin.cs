using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Kept;

/// <summary>Where an answer comes from that the service keeps. The tokens were used when it was made; looking at it again uses none.</summary>
internal sealed class KeptOrigin(CallContext call) : IAnswerOrigin
{
    public string ConnectionName => call.ConnectionName;

    public Secrets Secrets => call.Secrets;

    public string? RequestId => call.RequestId;

    public TimeSpan Elapsed => call.Elapsed;

    public DateTimeOffset At => call.At;

    public void Note(ChatQuota? quota) => call.Note(quota);

    public decimal? Succeed(string? model, ChatUsage? usage = null) => null;

    public decimal? Succeed(string? model, ChatUsage? usage, IReadOnlyDictionary<string, decimal> units) => Succeed(model, usage);
}
