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

    /// <summary>Finds how a request is asked, as far as is known.</summary>
    /// <param name="request">The request.</param>
    /// <param name="model">The model.</param>
    /// <returns>How; null where it is not known yet.</returns>
    public ChatDecisionMethod? MethodOf(DecisionRequest request, string model) => CanLabel(request) ? MethodOf(model) : ChatDecisionMethod.Structured;

    /// <summary>Asks all questions of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="model">The model.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>What each call brought.</returns>
    /// <exception cref="ChatServiceException">A call failed.</exception>
    public async Task<IReadOnlyList<DecisionPart>> AskAsync(DecisionRequest request, string model, CallSettings settings, CancellationToken cancellationToken)
    {
        DecisionRules.Check(request, DecisionForms.Chat, options: 255, levels: 255, tellsBooleans: false);
        if (!MayTellTokens)
        {
            return await _structured.AskAsync(request, settings, cancellationToken);
        }

        if (!CanLabel(request))
        {
            settings.Warning?.Invoke($"A question has more than {LabelledQuestion.Most} possible answers, too many for their probabilities: the answers have none.");
            return await _structured.AskAsync(request, settings, cancellationToken);
        }

        (IChatDecisions way, ChatCompletion? first) = await _known.GetOrAdd(model, static _ => new FoundOnce<IChatDecisions>()).CallAsync(
            known => Task.FromResult<(IChatDecisions, ChatCompletion?)>((known, null)), () => FindAsync(request, model, settings, cancellationToken), cancellationToken);
        return first is null ? await way.AskAsync(request, settings, cancellationToken)
            : way == _structured ? [Spent(first), .. await way.AskAsync(request, settings, cancellationToken)]
            : [TokenDecisions.Read(first, request.Questions[0]), .. await way.AskAsync(request with { Questions = [.. request.Questions.Skip(1)] }, settings, cancellationToken)];
    }

    /// <summary>Reads what was kept.</summary>
    /// <param name="pieces">The answers of the calls.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="origin">Where they come from.</param>
    /// <returns>What each call had brought.</returns>
    public IReadOnlyList<DecisionPart> Restore(IReadOnlyList<string> pieces, DecisionRequest request, IAnswerOrigin origin)
    {
        if (pieces.Count == request.Questions.Count)
        {
            ChatCompletion[] answers = [.. pieces.Zip(request.Questions, (piece, question) => connection.Chat.Read(piece, TokenDecisions.ToChat(request, question), origin))];
            if (Array.Exists(answers, TokenDecisions.HasProbabilities))
            {
                return [.. answers.Zip(request.Questions, TokenDecisions.Read)];
            }
        }

        IReadOnlyList<IReadOnlyList<ChatQuestion>> groups = StructuredDecisions.Groups(request.Questions);
        int spent = Math.Max(0, pieces.Count - groups.Count);
        return
        [
            .. pieces.Take(spent).Select(piece => Spent(connection.Chat.Read(piece, TokenDecisions.ToChat(request, request.Questions[0]), origin))),
            .. groups.Zip(pieces.Skip(spent), (group, piece) => StructuredDecisions.Read(connection.Chat.Read(piece, StructuredDecisions.ToChat(request, group), origin), group)),
        ];
    }

    private static bool CanLabel(DecisionRequest request) => request.Questions.All(LabelledQuestion.Fits);

    // The first question tells. What is found holds even where the other calls fail: nobody pays for it twice.
    private async Task<(IChatDecisions Found, (IChatDecisions Way, ChatCompletion? First) Result)> FindAsync(DecisionRequest request, string model, CallSettings settings, CancellationToken cancellationToken)
    {
        ChatCompletion? first = null;
        try
        {
            first = await _tokens.AskOnceAsync(request, request.Questions[0], settings, cancellationToken);
            if (TokenDecisions.HasProbabilities(first))
            {
                return (_tokens, (_tokens, first));
            }
        }
        catch (ChatServiceException failure) when (IsAboutTokens(failure))
        {
            settings.Verbose?.Invoke($"{model} does not tell the probabilities of its tokens: {failure.Message}");
        }

        settings.Warning?.Invoke($"{model} does not tell how likely its tokens are: its decisions have no probabilities.");
        return (_structured, (_structured, first));
    }

    // It answers nothing, but was paid for.
    private static DecisionPart Spent(ChatCompletion answer) => ChatWords.ToPart(answer, [], ChatDecisionMethod.Structured);

    private static bool IsAboutTokens(ChatServiceException failure) =>
        failure.ErrorId is ErrorIds.InvalidRequest or ErrorIds.ServerError && failure.StatusCode is not null
        && $"{failure.Message} {failure.ServiceParameter}".Replace("_", "", StringComparison.Ordinal).Contains("logprobs", StringComparison.OrdinalIgnoreCase);
}
