using ChatPS.Client.Media;

namespace ChatPS.Module;

/// <summary>The property <c>Media</c> of answers and messages: the engine is loaded when it is asked for.</summary>
internal static class MediaProperty
{
    /// <summary>Has answers and messages find theirs.</summary>
    public static void Install()
    {
        MediaFinder.OfAnswer = OfAnswer;
        MediaFinder.OfMessage = OfMessage;
    }

    private static ChatMedia[] OfAnswer(ChatCompletion answer) => [.. AnswerMedia.Of(answer)];

    private static ChatMedia[] OfMessage(ChatMessage message) => [.. AnswerMedia.Of(message)];
}
