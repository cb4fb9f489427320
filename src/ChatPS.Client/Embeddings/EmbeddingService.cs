using ChatPS.Api;
using ChatPS.Api.Embeddings;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Embeddings;

/// <summary>The vectors of texts, from one connection.</summary>
public sealed class EmbeddingService
{
    /// <summary>The most tokens that the texts of one request have together, by estimate. OpenAI refuses more than 300,000.</summary>
    public const int MostTokens = 250_000;

    private readonly ServiceConnection _connection;
    private volatile bool _asksPlain;

    internal EmbeddingService(ServiceConnection connection) => _connection = connection;

    /// <summary>The names of the forms that can be chosen.</summary>
    public static IReadOnlyList<string> Forms => [.. EmbeddingForms.All.Select(form => form.Name)];

    /// <summary>About how many tokens a text has.</summary>
    /// <param name="text">The text.</param>
    /// <returns>At least 1.</returns>
    public static int EstimateTokens(string text) => Math.Max(1, TextTokens.Estimate(text));

    /// <summary>Finds out how many texts a request carries if nothing else is said.</summary>
    /// <param name="form">The name of the form; null for that of the service.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ChatServiceException">The service has no vectors, or there is no such form.</exception>
    public int MostTexts(string? form) => Form(form).MostTexts;

    /// <summary>Finds out whether the service can be told what vectors are for.</summary>
    /// <param name="use">What they are for.</param>
    /// <returns>Whether it can.</returns>
    /// <exception cref="ChatServiceException">The service has no vectors.</exception>
    public bool Understands(EmbeddingUse use) => Form(null).Uses.ContainsKey(use);

    /// <summary>Gets the vectors of texts. More of them than one request carries go out in several, side by side.</summary>
    /// <param name="request">The texts, and what is asked of them.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>One vector for each text, in their order.</returns>
    /// <exception cref="ChatServiceException">A value cannot be sent, a call failed, or an answer does not fit the texts.</exception>
    public async Task<EmbeddingAnswer> EmbedAsync(EmbeddingRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        Validate(request);
        if (request.Texts.Count == 0)
        {
            return new EmbeddingAnswer { Model = _connection.ModelFor(request.Model) };
        }

        EmbeddingAnswer[] answers = await Task.WhenAll(Groups(request).Select(group => AskAsync(request with { Texts = group }, settings, cancellationToken)));
        return answers.Length == 1 ? answers[0] : Join(answers);
    }

    /// <summary>Finds what cannot be sent.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="ChatServiceException">A value cannot be sent, or this service cannot be told.</exception>
    internal void Validate(EmbeddingRequest request)
    {
        EmbeddingForm form = Form(request.Form);
        ParameterRules.AtLeast(request.Dimension, 1, "-Dimension");
        if (request.Texts.Any(string.IsNullOrWhiteSpace))
        {
            throw Failures.Invalid("The text is empty.", "Leave it out, for example with Where-Object.");
        }

        if (request.Use is { } use && !form.Uses.ContainsKey(use))
        {
            throw form.Uses.Count == 0
                ? Failures.Invalid($"-InputType: the form {form.Name} has no field for it.", "Leave -InputType out; or name the form that the service understands with -Form.")
                : Failures.Invalid($"-InputType is {use}, which the form {form.Name} does not know.", $"Give one of {string.Join(", ", form.Uses.Keys)}, or leave it out.");
        }
    }

    /// <summary>Asks once.</summary>
    /// <param name="request">The texts, which fit one request, and what is asked of them.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>One vector for each text, in their order.</returns>
    /// <exception cref="ChatServiceException">The call failed, or the answer does not fit the texts.</exception>
    internal async Task<EmbeddingAnswer> AskAsync(EmbeddingRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(request, settings, _asksPlain, cancellationToken);
        }
        catch (ChatServiceException failure) when (!_asksPlain && Form(request.Form).AskPlain is not null && RefusesEncoding(failure))
        {
            settings.Verbose?.Invoke("The service refuses vectors in base64; from now on it is asked for numbers.");
            _asksPlain = true;
            return await SendAsync(request, settings, asksPlain: true, cancellationToken);
        }
    }

    /// <summary>Writes a request as it is sent: what has the same JSON has the same answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <returns>The JSON in UTF-8.</returns>
    internal byte[] ToJson(EmbeddingRequest request, CallSettings settings) => [.. WireJson.Write(ToWire(Form(request.Form), request, settings), EmbeddingsJsonContext.Default)];

    /// <summary>Makes the vector of a text of what a service has said to another call.</summary>
    /// <param name="raw">The answer's wire JSON.</param>
    /// <param name="item">The text.</param>
    /// <param name="model">The model that was asked.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <returns>The vector.</returns>
    internal ChatEmbedding Read(string raw, EmbeddingItem item, string? model, IAnswerOrigin origin)
    {
        EmbeddingAnswer answer = Read(WireJson.Read<EmbeddingsResponse>(raw, EmbeddingsJsonContext.Default), 1, model, origin);
        return new ChatEmbedding
        {
            Vector = answer.Vectors[0],
            Text = item.Text,
            Input = item.Input,
            Index = item.Index,
            Model = answer.Model,
            Tokens = (int)Math.Min(int.MaxValue, answer.Usage?.TotalTokens ?? item.Tokens),
            Cost = answer.Cost,
            Elapsed = answer.Elapsed,
            RequestId = answer.RequestId,
            Connection = origin.ConnectionName,
        };
    }

    private static bool RefusesEncoding(ChatServiceException failure) => failure.StatusCode is 400 or 422
        && (failure.Message + failure.ServiceParameter).Contains("encoding", StringComparison.OrdinalIgnoreCase);

    private IEmbeddings Family => _connection.Require<IEmbeddings>("embeddings");

    private EmbeddingForm Form(string? name) => Family.Form(_connection.Settings, name);

    private ApiRequest ToWire(EmbeddingForm form, EmbeddingRequest request, CallSettings settings)
    {
        ApiRequest body = form.ToWire(request, _connection.ModelFor(request.Model));
        body.AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody");
        return body;
    }

    private Task<EmbeddingAnswer> SendAsync(EmbeddingRequest request, CallSettings settings, bool asksPlain, CancellationToken cancellationToken)
    {
        IEmbeddings family = Family;
        EmbeddingForm form = Form(request.Form);
        ApiRequest body = ToWire(form, request, settings);
        if (asksPlain)
        {
            form.AskPlain?.Invoke(body);
        }

        return _connection.SendAsync(
            settings.Subject is null ? _connection.About(settings, item: null, request.Texts.Count, () => string.Join("\n\n", request.Texts)) : settings,
            (call, token) => family.SendAsync(_connection.Client<IEmbeddingsApi>(EmbeddingsJsonContext.Default), form, body, call, token),
            (response, call) => Read(response, request.Texts.Count, call.Model, call),
            cancellationToken,
            _connection.ModelFor(request.Model));
    }

    private static EmbeddingAnswer Read(EmbeddingsResponse response, int count, string? asked, IAnswerOrigin origin)
    {
        float[][] vectors = VectorReader.Read(response, count);
        ChatUsage? usage = ToldUsage.Tokens(response.Usage ?? response.UsageMetadata, response.Meta) ?? (response.PromptEvalCount is { } tokens ? ToldUsage.Of(TokenCount.Of(tokens)) : null);
        return new EmbeddingAnswer
        {
            Vectors = vectors,
            Model = response.Model is { Length: > 0 } model ? Redactor.Redact(model, origin.Secrets) : asked,
            Usage = usage,
            Cost = origin.Succeed(response.Model, usage),
            Elapsed = origin.Elapsed,
            RequestId = origin.RequestId,
        };
    }

    private IEnumerable<IReadOnlyList<string>> Groups(EmbeddingRequest request)
    {
        int mostTexts = MostTexts(request.Form);
        List<string> group = [];
        long tokens = 0;
        foreach (string text in request.Texts)
        {
            int more = EstimateTokens(text);
            if (group.Count == mostTexts || (group.Count > 0 && tokens + more > MostTokens))
            {
                yield return group;
                group = [];
                tokens = 0;
            }

            group.Add(text);
            tokens += more;
        }

        yield return group;
    }

    private static EmbeddingAnswer Join(EmbeddingAnswer[] answers) => answers[0] with
    {
        Vectors = [.. answers.SelectMany(answer => answer.Vectors)],
        Usage = Array.TrueForAll(answers, answer => answer.Usage is not null)
            ? ToldUsage.Of(answers.Sum(answer => answer.Usage!.InputTokens), answers.Sum(answer => answer.Usage!.OutputTokens), answers.Sum(answer => answer.Usage!.TotalTokens))
            : null,
        Cost = Array.TrueForAll(answers, answer => answer.Cost is not null) ? answers.Sum(answer => answer.Cost) : null,
        Elapsed = answers.Max(answer => answer.Elapsed),
    };
}
