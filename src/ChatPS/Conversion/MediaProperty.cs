using System.Runtime.CompilerServices;
using ChatPS.Client.Media;

namespace ChatPS.Conversion;

/// <summary>The property <c>Media</c> of answers and messages, which looks for pictures, sound and files when it is asked for.</summary>
public static class MediaProperty
{
    private static readonly ConditionalWeakTable<ChatCompletion, ChatMedia[]> Known = new();

    /// <summary>Finds what an answer or a message holds.</summary>
    /// <param name="source">The answer or the message.</param>
    /// <returns>The same objects each time for an answer.</returns>
    public static ChatMedia[] Get(object source) => Bare.Of(source) switch
    {
        ChatCompletion answer => Known.GetValue(answer, static answer => [.. AnswerMedia.Of(answer)]),
        ChatMessage message => [.. AnswerMedia.Of(message)],
        _ => [],
    };
}
