namespace ChatPS.Client.Connections;

/// <summary>
/// Offered by dialects whose services have OpenAI's endpoints beside chat: moderations, text completions, what is kept, and more. Whether
/// a service has the one that is asked for it says itself.
/// </summary>
internal sealed class OpenAIEndpoints
{
    public static readonly OpenAIEndpoints All = new();

    private OpenAIEndpoints()
    {
    }
}
