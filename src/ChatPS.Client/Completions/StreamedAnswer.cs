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
    public const string PlainEvent = EventReader.PlainEvent;

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

#if !NET8_0_OR_GREATER
        // A read in progress does not look at the token, but ends when its answer is gone: see BodyReader.
        using CancellationTokenRegistration hangUp = call.Token.Register(static state => ((HttpResponseMessage)state!).Dispose(), response);
#endif
        using EventReader events = new(new LivenessStream(await OpenAsync(response, call), call.Deadline, call.Connection.MaxResponseBytes));
        if (await WholeAsync(events, response, call) is { } body)
        {
            foreach (TUpdate update in ReadWhole(body, connection, context, answer, toUpdates, cameWhole, call))
            {
                yield return update;
            }

            yield break;
        }

        await foreach (TUpdate update in ReadAsync(events, context, answer, call))
        {
            yield return update;
        }
    }

    /// <summary>Gives on the pieces of a stream.</summary>
    /// <typeparam name="TChunk">An event.</typeparam>
    /// <typeparam name="TUpdate">A piece of the answer.</typeparam>
    /// <param name="events">The stream.</param>
    /// <param name="context">How the types of the family are read.</param>
    /// <param name="answer">Puts the stream together.</param>
    /// <param name="call">The call.</param>
    /// <returns>The pieces as they arrive; the last one carries the whole.</returns>
    /// <exception cref="ChatServiceException">The answer failed or broke off; it says why, and what had arrived.</exception>
    public static async IAsyncEnumerable<TUpdate> ReadAsync<TChunk, TUpdate>(EventReader events, JsonSerializerContext context, IStreamAccumulator<TChunk, TUpdate> answer, CallContext call)
        where TChunk : ApiResponseBody
    {
        StringBuilder raw = new();
        bool sawEnd = false;
        while (!sawEnd && !answer.HasEnded && await NextAsync(events, answer, call))
        {
            if (IsEndMark(events.Data))
            {
                sawEnd = true;
                continue;
            }

            if (Parse(events, context, answer, call) is not { } chunk)
            {
                continue;
            }

            // One line an event: between the parts of JSON, a line end is a blank like any other.
            raw.Append(events.Data.Replace('\n', ' ')).Append('\n');

            using IEnumerator<TUpdate> updates = answer.Add(chunk).GetEnumerator();
            while (Next(updates, answer, call))
            {
                yield return updates.Current;
            }
        }

        RequireEnd(sawEnd, answer, call);
        yield return Finish(answer, raw.ToString(), call);
    }

    /// <summary>Puts the events of a body together that came whole.</summary>
    /// <typeparam name="TChunk">An event.</typeparam>
    /// <typeparam name="TUpdate">A piece of the answer.</typeparam>
    /// <param name="body">The body.</param>
    /// <param name="context">How the types of the family are read.</param>
    /// <param name="answer">Puts them together.</param>
    /// <param name="origin">Where the answer comes from.</param>
    /// <returns>The pieces; the last one carries the whole, with the body as it came.</returns>
    /// <exception cref="ChatServiceException">The answer failed or broke off; it says why, and what had arrived.</exception>
    public static IReadOnlyList<TUpdate> ReadBody<TChunk, TUpdate>(string body, JsonSerializerContext context, IStreamAccumulator<TChunk, TUpdate> answer, IAnswerOrigin origin)
        where TChunk : ApiResponseBody
    {
        CallContext? call = origin as CallContext;
        List<TUpdate> updates = [];
        bool sawEnd = false;
        try
        {
            foreach ((string type, string data) in EventBody.Read(body))
            {
                sawEnd |= IsEndMark(data);
                if (!sawEnd && !answer.HasEnded && Parse(type, data, context, answer) is { } chunk)
                {
                    updates.AddRange(answer.Add(chunk));
                }
            }

            if (call is not null)
            {
                RequireEnd(sawEnd, answer, call);
            }

            updates.Add(answer.Finish(body, origin));
            return updates;
        }
        catch (Exception exception) when (call is not null)
        {
            throw FailureMapper.FromException(exception, call, answer.PartialText);
        }
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

    // The whole body, where it is no stream of events. The label says what it is only where its beginning does not.
    private static async Task<string?> WholeAsync(EventReader events, HttpResponseMessage response, CallContext call)
    {
        try
        {
            return await events.HoldsEventsAsync(ServiceConnection.IsEventStream(response), call.Token)
                ? null
                : await events.ReadAllAsync(response.Content.Headers.ContentType?.CharSet, call.Token);
        }
        catch (Exception exception)
        {
            throw FailureMapper.FromException(exception, call);
        }
    }

    // A list of events is a stream all the same.
    private static IReadOnlyList<TUpdate> ReadWhole<TWhole, TChunk, TUpdate>(
        string body,
        ServiceConnection connection,
        JsonSerializerContext context,
        IStreamAccumulator<TChunk, TUpdate> answer,
        Func<TWhole, CallContext, IReadOnlyList<TUpdate>> toUpdates,
        Action cameWhole,
        CallContext call)
        where TWhole : ApiResponseBody
        where TChunk : ApiResponseBody
    {
        cameWhole();
        return EventBody.HoldsEvents(body) ? ReadBody(body, context, answer, call) : connection.Read(body, context, call, toUpdates);
    }

    private static bool IsEndMark(string data) => data.Length < 16 && data.AsSpan().Trim().SequenceEqual(EndMark.AsSpan());

    private static void RequireEnd<TChunk, TUpdate>(bool sawEnd, IStreamAccumulator<TChunk, TUpdate> answer, CallContext call)
    {
        if (sawEnd || answer.HasEnded)
        {
            return;
        }

        if (!answer.IsComplete)
        {
            throw FailureMapper.Truncated(call, answer.PartialText);
        }

        call.Verbose($"The stream ended without {EndMark}, after every choice had said why it ended.");
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
        EventReader events, IStreamAccumulator<TChunk, TUpdate> answer, CallContext call)
    {
        try
        {
            return await events.NextAsync(call.Token);
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

    private static TChunk? Parse<TChunk, TUpdate>(EventReader events, JsonSerializerContext context, IStreamAccumulator<TChunk, TUpdate> answer, CallContext call)
        where TChunk : ApiResponseBody
    {
        try
        {
            return Parse(events.Type, events.Data, context, answer);
        }
        catch (Exception exception)
        {
            // An event that is cut off is none; that the answer is not whole is for others to see.
            return events.IsLast && exception is WireFormatException { Error: null } && events.Data[0] is '{' or '[' ? null : throw FailureMapper.FromException(exception, call, answer.PartialText);
        }
    }

    // Events of a kind that we do not know are skipped, as the standard asks, unless they say that something went wrong.
    private static TChunk? Parse<TChunk, TUpdate>(string type, string data, JsonSerializerContext context, IStreamAccumulator<TChunk, TUpdate> answer)
        where TChunk : ApiResponseBody
    {
        if (data.Length == 0)
        {
            return null;
        }

        if (type is EventReader.ErrorEvent or "exception")
        {
            throw new WireFormatException(ApiError.TryParse(data, out ApiError? said) ? said : new ApiError(data), data);
        }

        if (answer.Accepts(type))
        {
            return WireJson.Read<TChunk>(data, context);
        }

        WireJson.ThrowIfError(data);
        return null;
    }
}
