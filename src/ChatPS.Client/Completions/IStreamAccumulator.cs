using ChatPS.Client.Calls;

namespace ChatPS.Client.Completions;

/// <summary>Puts a streamed answer together while its pieces go on to the user.</summary>
/// <typeparam name="TChunk">An event on the wire.</typeparam>
/// <typeparam name="TUpdate">A piece as the user sees it.</typeparam>
internal interface IStreamAccumulator<TChunk, TUpdate>
{
    /// <summary>The text of the first choice so far.</summary>
    string PartialText { get; }

    /// <summary>Whether every choice that began has said why it ended.</summary>
    bool IsComplete { get; }

    /// <summary>Whether the last event of the stream has come: what follows is not read.</summary>
    bool HasEnded { get; }

    /// <summary>Whether events of a type are part of the answer; others are skipped.</summary>
    /// <param name="eventType">The type, <see cref="StreamedAnswer.PlainEvent"/> where the stream names none.</param>
    /// <returns>Whether to read it.</returns>
    bool Accepts(string eventType);

    /// <summary>Takes in an event.</summary>
    /// <param name="chunk">The event.</param>
    /// <returns>What is new for the user.</returns>
    IEnumerable<TUpdate> Add(TChunk chunk);

    /// <summary>Makes the last update, which carries the whole answer.</summary>
    /// <param name="raw">All events as they came.</param>
    /// <param name="origin">Where the answer comes from.</param>
    /// <returns>The update.</returns>
    TUpdate Finish(string raw, IAnswerOrigin origin);
}
