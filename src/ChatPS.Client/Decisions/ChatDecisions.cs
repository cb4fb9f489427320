using System.Collections.Concurrent;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Decisions;

/// <summary>
/// Asks a chat model in place of an endpoint for decisions: by the probabilities of its tokens where the service tells them, which
/// is remembered for each model, else by one typed answer.
/// </summary>
/// <param name="connection">The connection.</param>
internal sealed class ChatDecisions(ServiceConnection connection)
{
    private readonly ConcurrentDictionary<string, FoundOnce<IChatDecisions>> _known = new(StringComparer.Ordinal);
    private readonly TokenDecisions _tokens = new(connection);
    private readonly StructuredDecisions _structured = new(connection);

    // What the dialect and the provider tell beforehand.
    private bool MayTellTokens => connection.Dialect.Chat.Supported.Contains(nameof(ChatRequest.LogProbs), StringComparer.Ordinal) && !connection.Settings.Unsupported.Contains("-LogProbs", StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds how a model is asked, as far as is known.</summary>
    /// <param name="model">The model.</param>
    /// <returns>How; null where it is not known yet.</returns>
    public ChatDecisionMethod? MethodOf(string model) => !MayTellTokens ? ChatDecisionMethod.Structured
        : _known.TryGetValue(model, out FoundOnce<IChatDecisions>? known) ? known.Found?.Method : null;

    /// <summary>Counts the calls that a request takes, at most.</summary>
    /// <param name="request">The request.</param>
    /// <param name="model">The model.</param>
    /// <returns>At least 1.</returns>
    public int Calls(DecisionRequest request, string model) => MethodOf(model) == ChatDecisionMethod.Structured || !CanLabel(request) ? _structured.Calls(request.Questions) : _tokens.Calls(request.Questions);

    /// <summary>Asks all questions of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="model">The model.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>What each call brought.</returns>
    /// <exception cref="ChatServiceException">A call failed.</exception>
    public Task<IReadOnlyList<DecisionPart>> AskAsync(DecisionRequest request, string model, CallSettings settings, CancellationToken cancellationToken)
    {
        DecisionRules.Check(request, DecisionForms.Chat, options: 255, levels: 255, tellsBooleans: false);
        if (!MayTellTokens)
        {
            return _structured.AskAsync(request, settings, cancellationToken);
        }

        if (!CanLabel(request))
        {
            settings.Warning?.Invoke($"A question has more than {LabelledQuestion.Most} possible answers, too many for their probabilities: the answers have none.");
            return _structured.AskAsync(request, settings, cancellationToken);
        }

        return _known.GetOrAdd(model, static _ => new FoundOnce<IChatDecisions>()).CallAsync(
            known => known.AskAsync(request, settings, cancellationToken), () => FindAsync(request, model, settings, cancellationToken), cancellationToken);
    }

    /// <summary>Reads what was kept of a call.</summary>
    /// <param name="method">How it asked.</param>
    /// <param name="raw">Its answer.</param>
    /// <param name="questions">What was asked; nothing where the model turned out to tell no probabilities.</param>
    /// <param name="request">The request that it was part of.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <returns>What the call had brought.</returns>
    public DecisionPart Restore(ChatDecisionMethod method, string raw, IReadOnlyList<ChatQuestion> questions, DecisionRequest request, IAnswerOrigin origin) =>
        questions.Count == 0 ? Spent(connection.Chat.Read(raw, TokenDecisions.ToChat(request, request.Questions[0]), origin))
        : method == ChatDecisionMethod.LogProbs ? TokenDecisions.Read(connection.Chat.Read(raw, TokenDecisions.ToChat(request, questions[0]), origin), questions[0])
        : StructuredDecisions.Read(connection.Chat.Read(raw, StructuredDecisions.ToChat(request, questions), origin), questions);

    private static bool CanLabel(DecisionRequest request) => request.Questions.All(LabelledQuestion.Fits);

    // The first question tells.
    private async Task<(IChatDecisions Found, IReadOnlyList<DecisionPart> Parts)> FindAsync(DecisionRequest request, string model, CallSettings settings, CancellationToken cancellationToken)
    {
        ChatCompletion? first = null;
        try
        {
            first = await _tokens.AskOnceAsync(request, request.Questions[0], settings, cancellationToken);
            if (TokenDecisions.HasProbabilities(first))
            {
                DecisionRequest rest = request with { Questions = [.. request.Questions.Skip(1)] };
                return (_tokens, [TokenDecisions.Read(first, request.Questions[0]), .. await _tokens.AskAsync(rest, settings, cancellationToken)]);
            }
        }
        catch (ChatServiceException failure) when (IsAboutTokens(failure))
        {
            settings.Verbose?.Invoke($"{model} does not tell the probabilities of its tokens: {failure.Message}");
        }

        settings.Warning?.Invoke($"{model} does not tell how likely its tokens are: its decisions have no probabilities.");
        IReadOnlyList<DecisionPart> parts = await _structured.AskAsync(request, settings, cancellationToken);
        return (_structured, first is null ? parts : [Spent(first), .. parts]);
    }

    // It answers nothing, but was paid for.
    private static DecisionPart Spent(ChatCompletion answer) => ChatWords.ToPart(answer, [], ChatDecisionMethod.Structured);

    private static bool IsAboutTokens(ChatServiceException failure) =>
        failure.ErrorId is ErrorIds.InvalidRequest or ErrorIds.ServerError && failure.StatusCode is not null
        && $"{failure.Message} {failure.ServiceParameter}".Replace("_", "", StringComparison.Ordinal).Contains("logprobs", StringComparison.OrdinalIgnoreCase);
}
