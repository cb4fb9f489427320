using System.Text.Json;
using ChatPS.Api;

namespace ChatPS.Client;

/// <summary>Moderations of one connection.</summary>
public sealed class ModerationService
{
    /// <summary>The most texts that one request carries.</summary>
    public const int MostTexts = 32;

    private readonly ServiceConnection _connection;

    internal ModerationService(ServiceConnection connection) => _connection = connection;

    /// <summary>Judges texts, each on its own, in one request.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="model">The model; null for the service's.</param>
    /// <param name="settings">What this call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>One result for each text, in their order.</returns>
    /// <exception cref="ChatServiceException">The call failed, or the answer does not fit the texts.</exception>
    public Task<IReadOnlyList<ChatModeration>> ModerateAsync(
        IReadOnlyList<ModerationItem> texts, string? model, CallSettings settings, CancellationToken cancellationToken) =>
        SendAsync(new ModerationInput([.. texts.Select(text => text.Text!)]), texts, model, settings, cancellationToken);

    /// <summary>Judges text and images together as one.</summary>
    /// <param name="item">The item, with its parts.</param>
    /// <param name="model">The model; null for the service's.</param>
    /// <param name="settings">What this call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ChatServiceException">The call failed.</exception>
    public async Task<ChatModeration> ModerateAsync(ModerationItem item, string? model, CallSettings settings, CancellationToken cancellationToken)
    {
        ModerationInput input = new([.. item.Parts.Select(ChatMessageMapper.ToPart)]);
        return (await SendAsync(input, [item], model, settings, cancellationToken))[0];
    }

    private async Task<IReadOnlyList<ChatModeration>> SendAsync(
        ModerationInput input, IReadOnlyList<ModerationItem> items, string? model, CallSettings settings, CancellationToken cancellationToken)
    {
        ModerationRequest body = new() { AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody"), Input = input, Model = model };
        using CallContext call = _connection.Begin(settings, cancellationToken, body.Model);
        ModerationResponse response = await _connection.CallAsync(
            call, token => _connection.Moderation.CreateAsync(body, settings.Headers(), settings.Query(), call, token));
        IReadOnlyList<ChatModeration> moderations = FromWire(response, items, call);
        call.Succeed(moderations[0].Model);
        return moderations;
    }

    private static IReadOnlyList<ChatModeration> FromWire(ModerationResponse response, IReadOnlyList<ModerationItem> items, CallContext call)
    {
        if (response.Results is null && response.Flagged is not null && items.Count == 1)
        {
            return [Create(new ModerationResult { Flagged = response.Flagged }, response.Raw, response, items[0], call)];
        }

        if (response.Results is not { } results || results.Count != items.Count)
        {
            string what = FormattableString.Invariant($"The answer has {response.Results?.Count ?? 0} results for {items.Count} inputs.");
            throw FailureMapper.FromException(new WireFormatException(what, response.Raw), call);
        }

        using JsonDocument document = JsonDocument.Parse(response.Raw);
        JsonElement raw = document.RootElement.GetProperty("results"u8);
        return [.. results.Select((result, place) => Create(result, raw[place].GetRawText(), response, items[place], call))];
    }

    private static ChatModeration Create(ModerationResult result, string raw, ModerationResponse response, ModerationItem item, CallContext call)
    {
        string[] hits = [.. (result.Categories ?? []).Where(category => category.Value == true).Select(category => category.Key)];
        return new ChatModeration
        {
            Flagged = result.Flagged ?? hits.Length > 0,
            Categories = hits,
            Scores = (result.CategoryScores ?? []).ToDictionary(score => score.Key, score => score.Value ?? 0, StringComparer.Ordinal),
            AppliedInputTypes = (result.CategoryAppliedInputTypes ?? []).ToDictionary(kind => kind.Key, kind => kind.Value?.ToArray() ?? [], StringComparer.Ordinal),
            Blocked = response.Blocked,
            ModerationId = response.ModerationId,
            Model = result.Model ?? response.Model,
            Id = response.Id,
            Elapsed = call.Elapsed,
            RequestId = call.RequestId,
            Connection = call.Connection.Name,
            Index = item.Index,
            Input = item.Input,
            Raw = Redactor.Redact(raw, call.Connection.Key),
        };
    }
}
