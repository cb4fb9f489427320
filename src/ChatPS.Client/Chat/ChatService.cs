using System.Runtime.CompilerServices;
using ChatPS.Api;

namespace ChatPS.Client;

/// <summary>Chat completions of one connection.</summary>
public sealed class ChatService
{
    private readonly ServiceConnection _connection;

    internal ChatService(ServiceConnection connection) => _connection = connection;

    /// <summary>Gets an answer.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="settings">What this call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ChatServiceException">There is none; it says why.</exception>
    public async Task<ChatCompletion> CompleteAsync(ChatRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        ChatCompletionRequest body = ChatMapper.ToWire(request, _connection.Settings, settings, stream: false);
        using CallContext call = _connection.Begin(settings, cancellationToken, body.Model);
        ChatCompletionResponse response = await _connection.CallAsync(
            call, token => _connection.ChatCompletions.CreateAsync(body, settings.Headers(), settings.Query(), call, token));
        return ChatMapper.FromWire(response, request, call);
    }

    /// <summary>Gets an answer piece by piece; the last piece carries the whole.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="settings">What this call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The pieces as they arrive.</returns>
    /// <exception cref="ChatServiceException">The answer failed or broke off; it says why, and what had arrived.</exception>
    public async IAsyncEnumerable<ChatCompletionUpdate> StreamAsync(
        ChatRequest request, CallSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ChatCompletionRequest body = ChatMapper.ToWire(request, _connection.Settings, settings, stream: true);
        using CallContext call = _connection.Begin(settings, cancellationToken, body.Model);
        using HttpResponseMessage response = await _connection.OpenAsync(
            call, token => _connection.ChatCompletions.StreamAsync(body, settings.Headers(), settings.Query(), call, token));
        if (!ServiceConnection.IsEventStream(response))
        {
            // Some servers ignore the wish for a stream and answer whole.
            ChatCompletion whole = ChatMapper.FromWire(await _connection.ReadAsync<ChatCompletionResponse>(response, call), request, call);
            yield return new ChatCompletionUpdate { Text = whole.Text };
            yield return new ChatCompletionUpdate { Completion = whole };
            yield break;
        }

        await foreach (ChatCompletionUpdate update in StreamedAnswer.ReadAsync(response, new ChatAccumulator(request), call, cancellationToken))
        {
            yield return update;
        }
    }
}
