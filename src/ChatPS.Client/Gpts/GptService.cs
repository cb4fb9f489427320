using System.Text.Json;
using ChatPS.Api;
using ChatPS.Api.Errors;
using ChatPS.Api.Gpts;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.OpenAI;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Gpts;

/// <summary>The store of GPTs of one connection.</summary>
public sealed class GptService
{
    private readonly ServiceConnection _connection;

    internal GptService(ServiceConnection connection) => _connection = connection;

    /// <summary>Searches the store.</summary>
    /// <param name="words">What to look for.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>What was found, in the order of the store.</returns>
    /// <exception cref="ChatServiceException">The search failed; it says why.</exception>
    public Task<IReadOnlyList<ChatGpt>> FindAsync(string words, CallSettings settings, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(words))
        {
            throw Failures.Invalid("-Query is blank.", "Give -Query some words to look for.");
        }

        IGptsApi api = Api();
        return _connection.SendAsync<GptSearchResponse, IReadOnlyList<ChatGpt>>(
            settings,
            (call, token) => api.SearchAsync(words.Trim(), call, token),
            static (answer, call) => [.. Succeeded(answer, answer.Data).Select(hit => FromHit(hit, call)).Where(gpt => gpt.Id.Length > 0)],
            cancellationToken);
    }

    /// <summary>Gets a GPT.</summary>
    /// <param name="id">Its id, its web address, or the name of its model.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The GPT.</returns>
    /// <exception cref="ChatServiceException">There is none, or the call failed.</exception>
    public Task<ChatGpt> GetAsync(string id, CallSettings settings, CancellationToken cancellationToken)
    {
        string known = GptId.Read(id);
        IGptsApi api = Api();
        return _connection.SendAsync(
            settings,
            (call, token) => api.GetAsync(known, call, token),
            (answer, call) => FromGizmo(Succeeded(answer, answer.Data?.Gizmo), known, answer.Raw, call),
            cancellationToken);
    }

    private IGptsApi Api()
    {
        _connection.Require<OpenAIEndpoints>("store of GPTs");
        return _connection.RootClient<IGptsApi>(GptsJsonContext.Default);
    }

    private static T Succeeded<T>(ApiResponseBody answer, T? content)
        where T : class
    {
        string? code = Text(answer, "code");
        string? message = Text(answer, "msg") ?? Text(answer, "message");
        return code is not null && !UnderSuccess.IsSuccess(code) ? throw new WireFormatException(new ApiError(message ?? $"The store answered with code {code}.", type: null, code), answer.Raw)
            : content ?? throw new WireFormatException("The answer tells of no GPT.", answer.Raw);
    }

    private static string? Text(ApiResponseBody answer, string name) =>
        answer.AdditionalProperties?.TryGetValue(name, out JsonElement value) == true ? JsonText.Read(value) : null;

    private static ChatGpt FromHit(GptHit hit, CallContext call)
    {
        string id = GptId.Find(hit.Id) ?? GptId.Find(hit.Link) ?? "";
        return new ChatGpt
        {
            Id = id,
            Name = Shown(hit.Title, call),
            Description = Shown(hit.Description, call),
            Model = GptId.ToModel(id),
            Link = Shown(hit.Link, call),
            PictureUrl = Shown(hit.Favicon, call),
            Connection = call.Connection.Name,
            RequestId = call.RequestId,
            Raw = Redactor.Redact(hit.Raw, call.Secrets),
        };
    }

    private static ChatGpt FromGizmo(Gizmo gizmo, string asked, string raw, CallContext call)
    {
        string id = GptId.Find(gizmo.Id) ?? asked;
        if (id != asked)
        {
            throw new WireFormatException($"The answer tells of another GPT: {Printable.Line(id, 100)}.", raw);
        }

        return new ChatGpt
        {
            Id = id,
            Name = Shown(gizmo.Display?.Name, call),
            Description = Shown(gizmo.Display?.Description, call),
            Author = Shown(gizmo.Author?.DisplayName, call),
            Model = GptId.ToModel(id),
            PromptStarters = Shown(gizmo.Display?.PromptStarters, call),
            Categories = Shown(gizmo.Display?.Categories, call),
            Link = gizmo.ShortUrl is { Length: > 0 } end ? "https://chatgpt.com/g/" + Shown(end, call) : null,
            PictureUrl = Shown(gizmo.Display?.ProfilePictureUrl, call),
            Connection = call.Connection.Name,
            RequestId = call.RequestId,
            Raw = Redactor.Redact(raw, call.Secrets),
        };
    }

    private static string? Shown(string? text, CallContext call) => Redactor.RedactOptional(text, call.Secrets);

    private static string[] Shown(IReadOnlyList<string?>? texts, CallContext call) => [.. (texts ?? []).OfType<string>().Select(text => Redactor.Redact(text, call.Secrets))];
}
