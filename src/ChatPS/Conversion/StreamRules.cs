using ChatPS.Client;

namespace ChatPS;

internal static class StreamRules
{
    public static void Check(bool stream, bool show)
    {
        if (stream && show)
        {
            throw Failures.Invalid("-Stream and -Show were given together; the pieces and the text would run into each other on the screen.", "Use -Show to read along, or -Stream to work with the pieces.");
        }
    }
}
