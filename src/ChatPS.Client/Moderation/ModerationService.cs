using System.Text;
using System.Text.Json;
using ChatPS.Api;
using ChatPS.Api.Chat;
using ChatPS.Api.Errors;
using ChatPS.Api.Moderations;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.OpenAI;
using ChatPS.Client.Json;
using ChatPS.Client.Runs;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Moderation;

/// <summary>Moderations of one connection.</summary>
public sealed class ModerationService
{
    /// <summary>The most texts that one request carries.</summary>
    public const int MostTexts = 32;

    private readonly ServiceConnection _connection;

    internal ModerationService(ServiceConnection connection) => _connection = connection;

    /// <summary>Finds the place of an item in a checkpoint, whichever request it will travel in.</summary>
    /// <param name="item">The item.</param>
    /// <param name="model">The model; null for the service's.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <returns>The item with its place.</returns>
    /// <exception cref="ChatServiceException">The settings cannot be sent.</exception>
    public static ModerationItem Claim(ModerationItem item, string? model, CallSettings settings, Checkpoint checkpoint) =>
        item with { Slot = checkpoint.Claim([.. WireJson.Write(ToWire([item], model, settings), ModerationsJsonContext.Default)]) };

    /// <summary>Reads the result that a checkpoint holds of an item.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The result; null where there is none.</returns>
    /// <exception cref="ChatServiceException">The checkpoint cannot be read (CheckpointFailed).</exception>
    public ChatModeration? Restore(ModerationItem item) => item.Slot?.Restore(record => FromWire(
        WireJson.Read<ModerationResponse>(record.Raw, ModerationsJsonContext.Default), [item], new CheckpointOrigin(record, _connection.Settings, CallSettings.None))[0]);

    /// <summary>Judges texts, each on its own, in one request; or one item of text and images, as one.</summary>
    /// <param name="items">The texts, or one item with parts.</param>
    /// <param name="model">The model; null for the service's.</param>
    /// <param name="settings">What this call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <param name="budget">What the run may use; null for no limit. Services tell no tokens here, so the estimate counts.</param>
    /// <returns>One result for each item, in their order.</returns>
    /// <exception cref="ChatServiceException">The call failed, the budget is used up, the answer does not fit the items, or the results cannot be kept.</exception>
    public async Task<IReadOnlyList<ChatModeration>> ModerateAsync(
        IReadOnlyList<ModerationItem> items, string? model, CallSettings settings, CancellationToken cancellationToken, Budget? budget = null)
    {
        ModerationRequest body = ToWire(items, model, settings);
        _connection.Require<OpenAIEndpoints>("moderations");
        using Reservation? reservation = budget is null ? null : await budget.ReserveAsync(items.Sum(EstimateTokens), outputLimit: 0, model ?? "", cancellationToken);
        try
        {
            return await JudgeAsync(items, body, settings, cancellationToken);
        }
        catch (ChatServiceException failure)
        {
            reservation?.Fail(failure);
            throw;
        }
    }

    /// <summary>Makes the result of an item of what a service has said to another call.</summary>
    /// <param name="raw">The answer's wire JSON.</param>
    /// <param name="item">The item.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <returns>The result, and what a checkpoint keeps of it.</returns>
    internal (ChatModeration Answer, CheckpointRecord Record) Read(string raw, ModerationItem item, IAnswerOrigin origin)
    {
        ModerationResponse response = WireJson.Read<ModerationResponse>(raw, ModerationsJsonContext.Default);
        ChatModeration result = FromWire(response, [item], origin)[0];
        return (result, ToRecord(result, IsWebForm(response), EstimateTokens(item)));
    }

    private async Task<IReadOnlyList<ChatModeration>> JudgeAsync(IReadOnlyList<ModerationItem> items, ModerationRequest body, CallSettings settings, CancellationToken cancellationToken)
    {
        bool isWebForm = false;
        IReadOnlyList<ChatModeration> results = await _connection.SendAsync(
            _connection.About(settings, items[0].Index, items.Count, () => string.Join("\n\n", items.Select(item => item.Text ?? string.Join("\n", item.Parts)))),
            (call, token) => _connection.Client<IModerationsApi>(ModerationsJsonContext.Default).CreateAsync(body, call, token),
            (response, call) =>
            {
                isWebForm = IsWebForm(response);
                return FromWire(response, items, call);
            },
            cancellationToken,
            body.Model);
        await Task.WhenAll(items.Zip(results, (item, result) => item.Slot?.SaveAsync(ToRecord(result, isWebForm, EstimateTokens(item))) ?? Task.CompletedTask));

        return results;
    }

    /// <summary>Writes a request for one item as it is sent.</summary>
    /// <param name="item">The item.</param>
    /// <param name="model">The model; null for the service's.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <returns>The JSON in UTF-8.</returns>
    internal static ArraySegment<byte> ToJson(ModerationItem item, string? model, CallSettings settings) => WireJson.Write(ToWire([item], model, settings), ModerationsJsonContext.Default);

    /// <summary>About how many tokens an item has.</summary>
    /// <param name="item">The item.</param>
    /// <returns>Rather too many than too few.</returns>
    internal static int EstimateTokens(ModerationItem item) => TokenEstimate.FromMessage(new ChatMessage { Content = [.. item.Parts, .. item.Text is { } text ? [ChatContent.FromText(text)] : (ChatContent[])[]] });

    private static ModerationRequest ToWire(IReadOnlyList<ModerationItem> items, string? model, CallSettings settings) => new()
    {
        AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody"),
        Input = items[0].Parts.Count > 0
            ? new ModerationInput([.. items[0].Parts.Select(ChatMessageMapper.ToPart)])
            : new ModerationInput([.. items.Select(text => text.Text!)]),
        Model = model,
    };

    private static bool IsWebForm(ModerationResponse response) => response.Results is null && response.Flagged is not null;

    private static IReadOnlyList<ChatModeration> FromWire(ModerationResponse response, IReadOnlyList<ModerationItem> items, IAnswerOrigin origin)
    {
        if (IsWebForm(response) && items.Count == 1)
        {
            origin.Succeed(response.Model);
            return [Create(new ModerationResult { Flagged = response.Flagged }, response.Raw, response, items[0], origin)];
        }

        if (response.Results is not { } results || results.Count != items.Count)
        {
            throw new WireFormatException(FormattableString.Invariant($"The answer has {response.Results?.Count ?? 0} results for {items.Count} inputs."), response.Raw);
        }

        origin.Succeed(results[0].Model ?? response.Model);
        IReadOnlyList<string> raw = RawItems.Of(response.Raw, "results");
        return [.. results.Select((result, place) => Create(result, raw[place], response, items[place], origin))];
    }

    private static ChatModeration Create(ModerationResult result, string raw, ModerationResponse response, ModerationItem item, IAnswerOrigin origin)
    {
        string[] hits = [.. (result.Categories ?? []).Where(category => category.Value == true).Select(category => category.Key)];
        return new ChatModeration
        {
            Flagged = result.Flagged ?? (result.Categories is { Count: > 0 } ? hits.Length > 0 : throw new WireFormatException("The answer tells no verdict.", response.Raw)),
            Categories = hits,
            Scores = (result.CategoryScores ?? []).ToDictionary(score => score.Key, score => score.Value ?? 0, StringComparer.Ordinal),
            AppliedInputTypes = (result.CategoryAppliedInputTypes ?? []).ToDictionary(kind => kind.Key, kind => kind.Value?.ToArray() ?? [], StringComparer.Ordinal),
            Blocked = response.Blocked,
            ModerationId = response.ModerationId,
            Model = result.Model ?? response.Model,
            Id = response.Id,
            Elapsed = origin.Elapsed,
            RequestId = origin.RequestId,
            Connection = origin.ConnectionName,
            Index = item.Index,
            Input = item.Input,
            Raw = Redactor.Redact(raw, origin.Secrets),
        };
    }

    // Each result for itself, as if it had been asked for alone: another run may send it in other company.
    private static CheckpointRecord ToRecord(ChatModeration result, bool isWebForm, int tokens) => new()
    {
        Raw = isWebForm ? result.Raw : ToAnswer(result),
        Elapsed = result.Elapsed,
        RequestId = result.RequestId,
        Connection = result.Connection,
        RequestedModel = result.Model,
        TotalTokens = tokens,
        At = DateTimeOffset.UtcNow,
    };

    private static string ToAnswer(ChatModeration result)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, CheckpointLine.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("id", result.Id);
            writer.WriteString("model", result.Model);
            writer.WriteStartArray("results");
            writer.WriteRawValue(result.Raw);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
