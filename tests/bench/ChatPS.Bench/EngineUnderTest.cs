using ChatPS.Api.Models;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Providers;

namespace ChatPS.Bench;

/// <summary>A connection of the engine to a server of canned answers.</summary>
internal sealed class EngineUnderTest : IDisposable
{
    private readonly CannedServer _server;
    private readonly ServiceConnection _connection;
    private readonly ChatRequest _request = new() { Model = Samples.Model, Messages = [new ChatMessage("user", Samples.Question)] };

    public EngineUnderTest(string contentType, string body)
    {
        _server = new CannedServer(contentType, body);
        _connection = new ServiceConnection(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = BaseUri });
    }

    public Uri BaseUri => _server.BaseUri;

    public Task<ChatCompletion> CompleteAsync() => _connection.Chat.CompleteAsync(_request, CallSettings.None, CancellationToken.None);

    public async Task<int> StreamAsync()
    {
        int updates = 0;
        await foreach (ChatCompletionUpdate _ in _connection.Chat.StreamAsync(_request, CallSettings.None, CancellationToken.None))
        {
            updates++;
        }

        return updates;
    }

    public void Dispose()
    {
        _connection.Dispose();
        _server.Dispose();
    }
}
