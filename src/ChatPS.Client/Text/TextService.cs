using System.Runtime.CompilerServices;
using ChatPS.Api;

namespace ChatPS.Client;

/// <summary>Legacy text completions of one connection.</summary>
public sealed class TextService
{
    private readonly ServiceConnection _connection;

    internal TextService(ServiceConnection connection) => _connection = connection;

    /// <summary>Gets an answer.</summary>
    /// <param name="request">What to complete.</param>
    /// <param name="settings">What this call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ChatServiceException">There is none; it says why.</exception>
    public async Task<ChatTextCompletion> CompleteAsync(TextRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        CompletionRequest body = TextMapper.ToWire(request, _connection.Settings, settings, stream: false);
        using CallContext call = _connection.Begin(settings, cancellationToken, body.Model);
        CompletionResponse response = await _connection.CallAsync(
            call, token => _connection.Completions.CreateAsync(body, settings.Headers(), settings.Query(), call, token));
        return TextMapper.FromWire(response, request, call);
    }

    /// <summary>Gets an answer piece by piece; the last piece carries the whole.</summary>
    /// <param name="request">What to complete.</param>
    /// <param name="settings">What this call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The pieces as they arrive.</returns>
    /// <exception cref="ChatServiceException">The answer failed or broke off; it says why, and what had arrived.</exception>
    public async IAsyncEnumerable<ChatTextCompletionUpdate> StreamAsync(
        TextRequest request, CallSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CompletionRequest body = TextMapper.ToWire(request, _connection.Settings, settings, stream: true);
        using CallContext call = _connection.Begin(settings, cancellationToken, body.Model);
        using HttpResponseMessage response = await _connection.OpenAsync(
            call, token => _connection.Completions.StreamAsync(body, settings.Headers(), settings.Query(), call, token));
        if (!ServiceConnection.IsEventStream(response))
        {
            // Some servers ignore the wish for a stream and answer whole.
            ChatTextCompletion whole = TextMapper.FromWire(await _connection.ReadAsync<CompletionResponse>(response, call), request, call);
            yield return new ChatTextCompletionUpdate { Text = whole.Text };
            yield return new ChatTextCompletionUpdate { Completion = whole };
            yield break;
        }

        await foreach (ChatTextCompletionUpdate update in StreamedAnswer.ReadAsync(response, new TextAccumulator(request), call, cancellationToken))
        {
            yield return update;
        }
    }
}
