using System.Text;
using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Api.Rerank;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Rerank;

/// <summary>Reranking: documents are put in the order in which they fit a query.</summary>
/// <param name="connection">The connection.</param>
public sealed class RerankService(ServiceConnection connection)
{
    /// <summary>The most documents that one request carries. Source: Cohere and Voyage, whose limit it is.</summary>
    public const int MostDocuments = 1000;

    /// <summary>Ranks documents. More of them than one request carries are judged in parts, side by side.</summary>
    /// <param name="query">What they are to fit.</param>
    /// <param name="documents">Their texts, the pipeline items that these come from, and the places of the items in the pipeline.</param>
    /// <param name="model">The model; null for the connection's.</param>
    /// <param name="top">How many of the best to give; null for all.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The best first.</returns>
    /// <exception cref="ChatServiceException">A value cannot be sent, a call failed, or an answer does not fit the documents.</exception>
    public async Task<IReadOnlyList<ChatRerankResult>> RankAsync(
        string query, IReadOnlyList<(string Text, object? Input, int Index)> documents, string? model, int? top, CallSettings settings, CancellationToken cancellationToken)
    {
        ParameterRules.AtLeast(top, 1, "-Top");
        if (string.IsNullOrWhiteSpace(query))
        {
            throw Failures.Invalid("-Query is empty.", "Say what the documents are to fit.");
        }

        connection.Require<OpenAIEndpoints>("reranking");
        IReadOnlyList<Judgement>[] parts = await Task.WhenAll(
            Enumerable.Range(0, (documents.Count + MostDocuments - 1) / MostDocuments)
                .Select(part => JudgeAsync(query, [.. documents.Skip(part * MostDocuments).Take(MostDocuments)], model, top, settings, cancellationToken)));
        return
        [
            .. parts.SelectMany(part => part)
                .OrderByDescending(judgement => judgement.Score)
                .ThenBy(judgement => judgement.Index)
                .Take(top ?? int.MaxValue)
                .Select((judgement, place) => judgement.Ranked(place + 1)),
        ];
    }

    /// <summary>About how many tokens documents have, and the query that goes with each request.</summary>
    /// <param name="query">What they are to fit.</param>
    /// <param name="documents">Their texts.</param>
    /// <returns>Rather too many than too few.</returns>
    public static long EstimateTokens(string query, IReadOnlyList<(string Text, object? Input, int Index)> documents) =>
        documents.Sum(document => (long)TokenEstimate.FromBytes(Encoding.UTF8.GetByteCount(document.Text)))
        + ((long)TokenEstimate.FromBytes(Encoding.UTF8.GetByteCount(query)) * ((documents.Count + MostDocuments - 1) / MostDocuments));

    private Task<IReadOnlyList<Judgement>> JudgeAsync(
        string query, (string Text, object? Input, int Index)[] documents, string? requestedModel, int? top, CallSettings settings, CancellationToken cancellationToken)
    {
        string model = connection.ModelFor(requestedModel);
        RerankRequest body = new()
        {
            AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody"),
            Model = model,
            Query = query,
            Documents = [.. documents.Select(document => document.Text)],
            TopN = Math.Min(top ?? documents.Length, documents.Length),
            ReturnDocuments = false,
        };
        return connection.SendAsync(
            connection.About(settings, documents[0].Index, documents.Length, () => string.Join("\n\n", new[] { query }.Concat(body.Documents))),
            (call, token) => connection.Client<IRerankApi>(RerankJsonContext.Default).CreateAsync(body, call, token),
            (response, call) => Read(response, documents, call),
            cancellationToken,
            model);
    }

    // A document is known by its place alone: its text need not come back, and need not be the only one of its kind.
    private static IReadOnlyList<Judgement> Read(RerankResponse response, (string Text, object? Input, int Index)[] documents, CallContext call)
    {
        if ((response.Results ?? response.Data) is not { } scores)
        {
            throw new WireFormatException("The answer holds no scores.", response.Raw);
        }

        ChatUsage? usage = Usage(response);
        call.Succeed(response.Model, usage);
        HashSet<int> seen = [];
        return [.. scores.Where(score => score is not null).Select(score => Judge(score!))];

        Judgement Judge(RerankResult score)
        {
            if (score.Index is not { } place || place < 0 || place >= documents.Length || !seen.Add(place) || (score.RelevanceScore ?? score.Score) is not { } value || double.IsNaN(value) || double.IsInfinity(value))
            {
                throw new WireFormatException("The answer holds a score that belongs to no document.", response.Raw);
            }

            (string text, object? input, int index) = documents[place];
            return new Judgement(value, index, rank => new ChatRerankResult
            {
                Score = value,
                Rank = rank,
                Text = text,
                Input = input,
                Index = index,
                Model = response.Model ?? call.Model,
                Usage = usage,
                RequestId = call.RequestId,
                Connection = call.ConnectionName,
            });
        }
    }

    // Jina and gateways tell tokens in one place, Cohere and SiliconFlow in others.
    private static ChatUsage? Usage(RerankResponse response)
    {
        JsonElement? meta = Member(response.Meta, "tokens") ?? Member(response.Meta, "billed_units");
        int output = Number(meta, "output_tokens") ?? 0;
        int? total = Number(response.Usage, "total_tokens");
        return (Number(response.Usage, "prompt_tokens") ?? Number(meta, "input_tokens") ?? total) is { } input
            ? new ChatUsage { InputTokens = input, OutputTokens = output, TotalTokens = total ?? TokenCount.Sum(input, output) }
            : null;
    }

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { } members ? JsonText.Member(members, name) : null;

    private static int? Number(JsonElement? parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt32(out int number) && number >= 0 ? number : null;

    private sealed record Judgement(double Score, int Index, Func<int, ChatRerankResult> Ranked);
}
