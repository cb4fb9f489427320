using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Speech;

/// <summary>Offered by dialects whose services speak texts.</summary>
internal interface ISpeech
{
    /// <summary>Writes a request as it is sent: what has the same JSON has the same sound.</summary>
    /// <param name="text">What is to be spoken.</param>
    /// <param name="model">The model.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <returns>The JSON in UTF-8.</returns>
    byte[] Write(SpokenText text, string model, CallSettings settings);

    /// <summary>Asks for a text to be spoken, and writes the sound as it comes.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="text">What is to be spoken, no more than one request takes.</param>
    /// <param name="call">The call, which has begun.</param>
    /// <param name="target">Where the sound goes.</param>
    /// <returns>What came.</returns>
    /// <exception cref="ChatServiceException">There is no sound, or not all of it; it says why.</exception>
    Task<SpokenSound> SpeakAsync(ServiceConnection connection, SpokenText text, CallContext call, Stream target);
}
