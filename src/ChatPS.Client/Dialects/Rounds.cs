using ChatPS.Client.Chat;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Dialects;

/// <summary>Gets answers of services that pause on their way: asks them to go on until the answer is whole. What the requests took is added up.</summary>
internal static class Rounds
{
    // A service that pauses more often than that is not getting anywhere.
    private const int Most = 10;

    /// <summary>Gets an answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="ask">Asks once.</param>
    /// <returns>The answer, joined of all rounds.</returns>
    public static async Task<ChatCompletion> AskAsync(ChatRequest request, CallSettings settings, Func<ChatRequest, Task<ChatCompletion>> ask)
    {
        AnswerRound round = new(before: null, token: null);
        ChatCompletion answer = await ask(request with { Round = round });
        for (int count = 1; round.Next is not null && GoesOn(count, settings); count++)
        {
            round = round.After(answer);
            answer = await KeepingAsync(round.Before, async () => await ask(Next(request, round, settings)));
        }

        return answer;
    }

    /// <summary>Gets an answer piece by piece.</summary>
    /// <param name="request">The request.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cameWhole">Told if the service answered whole all the same.</param>
    /// <param name="ask">Asks once, and tells if the answer came whole.</param>
    /// <returns>The pieces of all rounds; the last one carries the whole.</returns>
    public static async IAsyncEnumerable<ChatCompletionUpdate> StreamAsync(
        ChatRequest request, CallSettings settings, Action cameWhole, Func<ChatRequest, Action, IAsyncEnumerable<ChatCompletionUpdate>> ask)
    {
        AnswerRound round = new(before: null, token: null) { IsStream = true };
        ChatRequest next = request with { Round = round };
        for (int count = 1; ; count++)
        {
            ChatCompletion? paused = null;
            await using IAsyncEnumerator<ChatCompletionUpdate> updates = ask(next, CameWhole).GetAsyncEnumerator();
            while (await KeepingAsync(round.Before, () => updates.MoveNextAsync()))
            {
                ChatCompletionUpdate update = updates.Current;
                if (update.Completion is { } answer && round.Next is not null && GoesOn(count, settings))
                {
                    paused = answer;
                }
                else
                {
                    yield return update;
                }
            }

            if (paused is null)
            {
                yield break;
            }

            round = round.After(paused);
            next = await KeepingAsync(round.Before, () => new ValueTask<ChatRequest>(Next(request, round, settings)));
        }

        void CameWhole()
        {
            round.IsStream = false;
            cameWhole();
        }
    }

    /// <summary>Reads an answer back.</summary>
    /// <param name="raw">What is kept of it.</param>
    /// <param name="isStream">Whether it came as a stream.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="restore">Reads the answer of one request.</param>
    /// <returns>The answer, joined of all rounds.</returns>
    public static ChatCompletion Restore(string raw, bool isStream, ChatRequest request, Func<string, ChatRequest, ChatCompletion> restore)
    {
        IReadOnlyList<string> answers = AnswerRound.Split(raw, isStream);
        AnswerRound round = new(before: null, token: null) { IsStream = isStream };
        ChatCompletion answer = restore(answers[0], request with { Round = round });
        foreach (string later in answers.Skip(1))
        {
            // What is kept tells the time of all rounds together.
            round = round.After(answer);
            answer = restore(later, request with { Round = round, Before = Spent.Of(answer) with { Elapsed = TimeSpan.Zero } });
        }

        return answer;
    }

    // What was said and paid before is not lost.
    private static async ValueTask<T> KeepingAsync<T>(ChatCompletion? before, Func<ValueTask<T>> goOn)
    {
        try
        {
            return await goOn();
        }
        catch (ChatServiceException failure)
        {
            failure.Completion ??= before;
            throw;
        }
    }

    private static ChatRequest Next(ChatRequest request, AnswerRound round, CallSettings settings)
    {
        settings.Spending?.GoOn();
        return request with { Round = round, Before = Spent.Of(round.Before!) };
    }

    private static bool GoesOn(int count, CallSettings settings)
    {
        if (count < Most)
        {
            settings.Verbose?.Invoke($"The service paused on its way to the answer. Asking it to go on (round {count + 1}).");
            return true;
        }

        settings.Warning?.Invoke($"The service paused {Counted.Of(count, "time")} on its way to the answer, which is left as it is. Send its Messages again to go on.");
        return false;
    }
}
