using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Speech;

/// <summary>Offered by dialects whose services write down what is said.</summary>
internal interface ITranscription
{
    /// <summary>Writes what is sent beside the sound.</summary>
    /// <param name="request">What is to be written down.</param>
    /// <param name="model">The model.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <returns>The fields of the form.</returns>
    IReadOnlyList<KeyValuePair<string, string>> Write(TranscriptRequest request, string model, CallSettings settings);

    /// <summary>Asks for a transcript.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="request">What is to be written down, with its model.</param>
    /// <param name="call">The call, which has begun.</param>
    /// <returns>The pieces as they arrive; the last one carries the whole.</returns>
    /// <exception cref="ChatServiceException">The answer failed or broke off; it says why, and what had arrived.</exception>
    IAsyncEnumerable<ChatTranscriptUpdate> AskAsync(ServiceConnection connection, TranscriptRequest request, CallContext call);

    /// <summary>Reads a transcript that was kept.</summary>
    /// <param name="raw">The answer as it came; of a stream one event a line.</param>
    /// <param name="isStream">Whether it was one.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <returns>The transcript.</returns>
    ChatTranscript Restore(string raw, bool isStream, TranscriptRequest request, IAnswerOrigin origin);
}
