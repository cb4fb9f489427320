using System.Collections.Concurrent;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>
/// What a connection has learned of its models: which of them take no level of thinking, but a budget. No list tells it; the service
/// refuses a level, once for each model, and is asked again with a budget.
/// </summary>
internal sealed class GeminiLevels
{
    private static readonly string[] Words = ["thinking level", "thinking_level", "thinkingLevel"];

    private readonly ConcurrentDictionary<string, bool> _without = new(StringComparer.Ordinal);

    /// <summary>Asks in the way that the model takes.</summary>
    /// <typeparam name="T">What is asked for.</typeparam>
    /// <param name="connection">The connection.</param>
    /// <param name="request">The request.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="ask">Asks once.</param>
    /// <returns>The answer.</returns>
    public static async Task<T> AskAsync<T>(ServiceConnection connection, ChatRequest request, CallSettings settings, Func<ChatRequest, Task<T>> ask)
    {
        ChatRequest next = Prepare(connection, request);
        try
        {
            return await ask(next);
        }
        catch (ChatServiceException failure) when (Learn(connection, next, settings, failure))
        {
            return await ask(next with { NeedsBudget = true });
        }
    }

    /// <summary>Asks in the way that the model takes, for an answer that comes piece by piece.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="request">The request.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="ask">Asks once.</param>
    /// <returns>The pieces.</returns>
    public static async IAsyncEnumerable<ChatCompletionUpdate> StreamAsync(
        ServiceConnection connection, ChatRequest request, CallSettings settings, Func<ChatRequest, IAsyncEnumerable<ChatCompletionUpdate>> ask)
    {
        ChatRequest next = Prepare(connection, request);
        while (true)
        {
            await using IAsyncEnumerator<ChatCompletionUpdate> pieces = ask(next).GetAsyncEnumerator();
            bool goesOn;
            try
            {
                goesOn = await pieces.MoveNextAsync();
            }
            catch (ChatServiceException failure) when (Learn(connection, next, settings, failure))
            {
                next = next with { NeedsBudget = true };
                continue;
            }

            while (goesOn)
            {
                yield return pieces.Current;
                goesOn = await pieces.MoveNextAsync();
            }

            yield break;
        }
    }

    private static ChatRequest Prepare(ServiceConnection connection, ChatRequest request) =>
        request.ReasoningEffort is not null && Of(connection)._without.ContainsKey(connection.ModelFor(request.Model)) ? request with { NeedsBudget = true } : request;

    // Where the one level is named, the model takes others.
    private static bool Learn(ServiceConnection connection, ChatRequest request, CallSettings settings, ChatServiceException failure)
    {
        if (request.NeedsBudget || failure.StatusCode != 400 || GeminiThinking.BudgetFor(request.ReasoningEffort) is null
            || !Array.Exists(Words, word => failure.Message.Contains(word, StringComparison.OrdinalIgnoreCase))
            || failure.Message.Contains(GeminiThinking.LevelFor(request.ReasoningEffort)!, StringComparison.Ordinal))
        {
            return false;
        }

        string model = connection.ModelFor(request.Model);
        Of(connection)._without[model] = true;
        settings.Verbose?.Invoke($"{model} takes no level of thinking: {failure.Message} Asking with a budget.");
        return true;
    }

    private static GeminiLevels Of(ServiceConnection connection) => connection.Service(static _ => new GeminiLevels());
}
