using ChatPS.Client.Connections;

namespace ChatPS.Client.Calls;

/// <summary>Where an answer comes from: a call, or a checkpoint.</summary>
internal interface IAnswerOrigin
{
    string ConnectionName { get; }

    /// <summary>Gets what to take out of the answer.</summary>
    Secrets Secrets { get; }

    string? RequestId { get; }

    TimeSpan Elapsed { get; }

    /// <summary>Gets when the answer came, in UTC.</summary>
    DateTimeOffset At { get; }

    /// <summary>Notes the quota that came with the answer.</summary>
    /// <param name="quota">The quota; null where the service told none.</param>
    void Note(ChatQuota? quota);

    /// <summary>Notes that a proper answer came, and calculates what it cost.</summary>
    /// <param name="model">The model that answered, as the service names it.</param>
    /// <param name="usage">The tokens, where the service told.</param>
    /// <returns>The cost; null where it is not known.</returns>
    decimal? Succeed(string? model, ChatUsage? usage = null);

    /// <summary>Notes that a proper answer came that is charged by other units than tokens, or by these as well.</summary>
    /// <param name="model">The model that answered, as the service names it.</param>
    /// <param name="usage">The tokens, where the service told.</param>
    /// <param name="units">How many of each unit, by the names of <see cref="Usage.PriceUnits"/>.</param>
    /// <returns>The cost; null where it is not known.</returns>
    decimal? Succeed(string? model, ChatUsage? usage, IReadOnlyDictionary<string, decimal> units);
}
