using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Serialization;
using ChatPS.Api;
using ChatPS.Api.Errors;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Completions;

/// <summary>Reads a streamed answer event by event and gives on what is new, until its end or its failure.</summary>
internal static class StreamedAnswer
{
    /// <summary>The type of events that name none.</summary>
    public const string PlainEvent = SseParser.EventTypeDefault;

    private const string EndMark = "[DONE]";

    /// <summary>Asks for a stream, and gives on its pieces. Some servers ignore the wish for one and answer whole.</summary>
    /// <typeparam name="TWhole">A whole answer on the wire.</typeparam>
    /// <typeparam name="TChunk">An event.</typeparam>
    /// <typeparam name="TUpdate">A piece of the answer.</typeparam>
    /// <param name="connection">The connection.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="model">The model that is asked.</param>
    /// <param name="open">Sends the request.</param>
    /// <param name="context">How the types of the family are read.</param>
    /// <param name="answer">Puts the stream together.</param>
    /// <param name="toUpdates">Makes pieces of an answer that came whole.</param>
    /// <param name="cameWhole">Told if it did.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The pieces as they arrive; the last one carries the whole.</returns>
    /// <exception cref="ChatServiceException">The answer failed or broke off; it says why, and what had arrived.</exception>
    public static async IAsyncEnumerable<TUpdate> AskAsync<TWhole, TChunk, TUpdate>(
        ServiceConnection connection,
        CallSettings settings,
        string? model,
        Func<CallContext, CancellationToken, Task<HttpResponseMessage>> open,
        JsonSerializerContext context,
        IStreamAccumulator<TChunk, TUpdate> answer,
        Func<TWhole, CallContext, IReadOnlyList<TUpdate>> toUpdates,
        Action cameWhole,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TWhole : ApiResponseBody
        where TChunk : ApiResponseBody
    {
        using CallContext call = connection.Begin(settings, cancellationToken, model);
        using HttpResponseMessage response = await connection.OpenAsync(call, open);
        if (!ServiceConnection.IsEventStream(response))
        {
            cameWhole();
            foreach (TUpdate update in await connection.ReadAsync<TWhole, IReadOnlyList<TUpdate>>(response, context, call, toUpdates))
            {
                yield return update;
            }

            yield break;
        }

        await foreach (TUpdate update in ReadAsync(response, context, answer, call, cancellationToken))
        {
            yield return update;
        }
    }

    public static async IAsyncEnumerable<TUpdate> ReadAsync<TChunk, TUpdate>(
        HttpResponseMessage response, JsonSerializerContext context, IStreamAccumulator<TChunk, TUpdate> answer, CallContext call, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TChunk : ApiResponseBody
    {
        StringBuilder raw = new();
        bool sawEnd = false;
        using Stream stream = new LivenessStream(await OpenAsync(response, call), call.Deadline, call.Connection.MaxResponseBytes);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(call.Token, cancellationToken);

#if !NET8_0_OR_GREATER
        // A read in progress does not look at the token, but ends when its answer is gone: see BodyReader.
        using CancellationTokenRegistration hangUp = either.Token.Register(static state => ((HttpResponseMessage)state!).Dispose(), response);
#endif
        await using IAsyncEnumerator<SseItem<string>> events = SseParser.Create(stream).EnumerateAsync(either.Token).GetAsyncEnumerator(either.Token);
        while (!sawEnd && !answer.HasEnded && await NextAsync(events, answer, call))
        {
            SseItem<string> item = events.Current;
            if (item.Data.Length == 0)
            {
                continue;
            }

            if (item.Data.AsSpan().Trim().SequenceEqual(EndMark.AsSpan()))
            {
                sawEnd = true;
                continue;
            }

            if (Parse<TChunk, TUpdate>(item, context, answer, call) is not { } chunk)
            {
                continue;
            }

            // One line an event: between the parts of JSON, a line end is a blank like any other.
            raw.Append(item.Data.Replace('\n', ' ')).Append('\n');

            using IEnumerator<TUpdate> updates = answer.Add(chunk).GetEnumerator();
            while (Next(updates, answer, call))
            {
                yield return updates.Current;
            }
        }

        if (!sawEnd && !answer.HasEnded)
        {
            if (!answer.IsComplete)
            {
                throw FailureMapper.Truncated(call, answer.PartialText);
            }

            call.Verbose($"The stream ended without {EndMark}, after every choice had said why it ended.");
        }

        yield return Finish(answer, raw.ToString(), call);
    }

    /// <summary>Puts a stream together again that was kept.</summary>
    /// <typeparam name="TChunk">An event.</typeparam>
    /// <typeparam name="TUpdate">A piece of the answer.</typeparam>
    /// <param name="raw">The events, each on a line.</param>
    /// <param name="context">How the types of the family are read.</param>
    /// <param name="answer">Puts them together.</param>
    /// <param name="origin">Where the answer comes from.</param>
    /// <returns>The last piece, which carries the whole.</returns>
    public static TUpdate Replay<TChunk, TUpdate>(string raw, JsonSerializerContext context, IStreamAccumulator<TChunk, TUpdate> answer, IAnswerOrigin origin)
        where TChunk : ApiResponseBody
    {
        foreach (string line in raw.Split(['\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            _ = answer.Add(WireJson.Read<TChunk>(line, context)).Count();
        }

        return answer.Finish(raw, origin);
    }

    private static TUpdate Finish<TChunk, TUpdate>(IStreamAccumulator<TChunk, TUpdate> answer, string raw, CallContext call)
    {
        try
        {
            TUpdate last = answer.Finish(raw, call);
            call.Notes?.Answered(answer.PartialText, raw);
            if (call.IsDebug)
            {
                CallBodies.Show("the stream", raw, call);
            }

            return last;
        }
        catch (Exception exception)
        {
            throw FailureMapper.FromException(exception, call, answer.PartialText);
        }
    }

    private static async Task<Stream> OpenAsync(HttpResponseMessage response, CallContext call)
    {
        try
        {
#if NET8_0_OR_GREATER
            return await response.Content.ReadAsStreamAsync(call.Token);
#else
            return await response.Content.ReadAsStreamAsync();
#endif
        }
        catch (Exception exception)
        {
            throw FailureMapper.FromException(exception, call);
        }
    }

    private static async ValueTask<bool> NextAsync<TChunk, TUpdate>(
        IAsyncEnumerator<SseItem<string>> events, IStreamAccumulator<TChunk, TUpdate> answer, CallContext call)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception exception)
        {
            throw FailureMapper.FromException(exception, call, answer.PartialText);
        }
    }

    private static bool Next<TChunk, TUpdate>(IEnumerator<TUpdate> updates, IStreamAccumulator<TChunk, TUpdate> answer, CallContext call)
    {
        try
        {
            return updates.MoveNext();
        }
        catch (Exception exception)
        {
            throw FailureMapper.FromException(exception, call, answer.PartialText);
        }
    }

    // Events of a kind that we do not know are skipped, as the standard asks, unless they say that something went wrong.
    private static TChunk? Parse<TChunk, TUpdate>(SseItem<string> item, JsonSerializerContext context, IStreamAccumulator<TChunk, TUpdate> answer, CallContext call)
        where TChunk : ApiResponseBody
    {
        if (item.EventType == "error")
        {
            ApiError error = ApiError.TryParse(item.Data, out ApiError? said) ? said : new ApiError(item.Data);
            throw FailureMapper.FromPayload(error, item.Data, call, answer.PartialText);
        }

        if (!answer.Accepts(item.EventType))
        {
            return null;
        }

        try
        {
            return WireJson.Read<TChunk>(item.Data, context);
        }
        catch (WireFormatException exception)
        {
            throw FailureMapper.FromException(exception, call, answer.PartialText);
        }
    }
}
