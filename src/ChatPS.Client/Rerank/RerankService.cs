using System.Text;
using ChatPS.Api.Errors;
using ChatPS.Api.Rerank;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Embeddings;
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

    // As Cohere counts.
    private const int DocumentsOfSearch = 100;

    /// <summary>The names of the forms that can be chosen.</summary>
    public static IReadOnlyList<string> Forms => [.. RerankForms.All.Select(form => form.Name)];

    /// <summary>Ranks documents. More of them than one request carries are judged in parts, side by side.</summary>
    /// <param name="query">What they are to fit.</param>
    /// <param name="documents">Their texts, the pipeline items that these come from, and the places of the items in the pipeline.</param>
    /// <param name="model">The model; null for the connection's.</param>
    /// <param name="top">How many of the best to give; null for all.</param>
    /// <param name="form">The name of the form that the service understands; null for that of its host.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The best first.</returns>
    /// <exception cref="ChatServiceException">A value cannot be sent, a call failed, or an answer does not fit the documents.</exception>
    public async Task<IReadOnlyList<ChatRerankResult>> RankAsync(
        string query, IReadOnlyList<(string Text, object? Input, int Index)> documents, string? model, int? top, string? form, CallSettings settings, CancellationToken cancellationToken)
    {
        ParameterRules.AtLeast(top, 1, "-Top");
        if (string.IsNullOrWhiteSpace(query))
        {
            throw Failures.Invalid("-Query is empty.", "Say what the documents are to fit.");
        }

        connection.Require<OpenAIEndpoints>("reranking");
        RerankForm asked = RerankForms.Of(connection.Settings, form);
        (decimal? Cost, IReadOnlyList<Judgement> Judgements)[] parts = await Task.WhenAll(
            Enumerable.Range(0, (documents.Count + MostDocuments - 1) / MostDocuments)
                .Select(part => JudgeAsync(query, [.. documents.Skip(part * MostDocuments).Take(MostDocuments)], model, top, asked, settings, cancellationToken)));
        Judgement[] best = [.. parts.SelectMany(part => part.Judgements)
            .OrderByDescending(judgement => judgement.Score)
            .ThenBy(judgement => judgement.Index)
            .Take(top ?? int.MaxValue)];

        // What a part cost of which none is among the best has been paid, too.
        decimal? cost = Array.TrueForAll(parts, part => part.Cost is null) ? null : parts.Sum(part => part.Cost);
        decimal?[] shares = EqualShares.Of(cost, best.Length);
        return [.. best.Select((judgement, place) => judgement.Ranked(place + 1, shares[place]))];
    }

    /// <summary>About how many tokens documents have, and the query that goes with each request.</summary>
    /// <param name="query">What they are to fit.</param>
    /// <param name="documents">Their texts.</param>
    /// <returns>Rather too many than too few.</returns>
    public static long EstimateTokens(string query, IReadOnlyList<(string Text, object? Input, int Index)> documents) =>
        documents.Sum(document => (long)TokenEstimate.FromBytes(Encoding.UTF8.GetByteCount(document.Text)))
        + ((long)TokenEstimate.FromBytes(Encoding.UTF8.GetByteCount(query)) * ((documents.Count + MostDocuments - 1) / MostDocuments));

    /// <summary>About what it would cost to rank documents. Nothing is sent.</summary>
    /// <param name="query">What they are to fit.</param>
    /// <param name="documents">Their texts.</param>
    /// <param name="model">The model; null for the connection's.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <returns>The cost; null where the model has no price.</returns>
    public decimal? EstimateCost(string query, IReadOnlyList<(string Text, object? Input, int Index)> documents, string? model, CallSettings settings)
    {
        int parts = (documents.Count + MostDocuments - 1) / MostDocuments;
        PriceTable? prices = connection.Settings.PricesFor(settings);
        string asked = connection.ModelFor(model);
        return prices?.Cost(asked, EstimateTokens(query, documents), 0, 0, parts)
            + prices?.UnitsCost(asked, new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase) { [PriceUnits.Search] = (documents.Count + DocumentsOfSearch - 1) / DocumentsOfSearch });
    }

    private Task<(decimal? Cost, IReadOnlyList<Judgement> Judgements)> JudgeAsync(
        string query, (string Text, object? Input, int Index)[] documents, string? requestedModel, int? top, RerankForm form, CallSettings settings, CancellationToken cancellationToken)
    {
        string model = connection.ModelFor(requestedModel);
        string[] texts = [.. documents.Select(document => document.Text)];
        RerankRequest body = form.ToWire(new RerankRequest { AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody"), Model = model, Query = query, Documents = texts }, Math.Min(top ?? texts.Length, texts.Length));
        return connection.SendAsync(
            connection.About(settings, documents[0].Index, documents.Length, () => string.Join("\n\n", new[] { query }.Concat(texts))),
            (call, token) => connection.Client<IRerankApi>(RerankJsonContext.Default).CreateAsync(form.Path(call.Connection.BaseUri), body, call, token),
            (response, call) => Read(response, documents, call),
            cancellationToken,
            model);
    }

    // A document is known by its place alone: its text need not come back, and need not be the only one of its kind.
    private static (decimal? Cost, IReadOnlyList<Judgement> Judgements) Read(RerankResponse response, (string Text, object? Input, int Index)[] documents, CallContext call)
    {
        if ((response.Results ?? response.Data) is not { } scores)
        {
            throw new WireFormatException("The answer holds no scores.", response.Raw);
        }

        ChatUsage? usage = ToldUsage.Tokens(response.Usage, response.Meta);
        decimal? cost = ToldUsage.Searches(response.Meta) is { } searches
            ? call.Succeed(response.Model, usage, new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase) { [PriceUnits.Search] = searches })
            : call.Succeed(response.Model, usage);
        HashSet<int> seen = [];
        return (cost, [.. scores.Where(score => score is not null).Select(score => Judge(score!))]);

        Judgement Judge(RerankResult score)
        {
            if (score.Index is not { } place || place < 0 || place >= documents.Length || !seen.Add(place) || (score.RelevanceScore ?? score.Score) is not { } value || double.IsNaN(value) || double.IsInfinity(value))
            {
                throw new WireFormatException("The answer holds a score that belongs to no document.", response.Raw);
            }

            (string text, object? input, int index) = documents[place];
            return new Judgement(value, index, (rank, share) => new ChatRerankResult
            {
                Score = value,
                Rank = rank,
                Text = text,
                Input = input,
                Index = index,
                Model = Redactor.RedactOptional(response.Model, call.Secrets) ?? call.Model,
                Usage = usage,
                Cost = share,
                RequestId = call.RequestId,
                Connection = call.ConnectionName,
            });
        }
    }

    private sealed record Judgement(double Score, int Index, Func<int, decimal?, ChatRerankResult> Ranked);
}
