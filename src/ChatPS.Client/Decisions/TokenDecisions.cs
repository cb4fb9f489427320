using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Decisions;

/// <summary>Asks a chat model for one label a question, and reads how likely each was from its first token.</summary>
/// <param name="connection">The connection.</param>
internal sealed class TokenDecisions(ServiceConnection connection) : IChatDecisions
{
    /// <summary>The most tokens of an answer: one is enough, but OpenAI's Responses take no lower limit.</summary>
    public const int MostTokens = 16;

    private const double LeastMass = 0.5;

    public ChatDecisionMethod Method => ChatDecisionMethod.LogProbs;

    public async Task<IReadOnlyList<DecisionPart>> AskAsync(DecisionRequest request, CallSettings settings, CancellationToken cancellationToken) =>
        await SideBySide.RunAsync(request.Questions, async question => Read(await AskOnceAsync(request, question, settings, cancellationToken), question));

    /// <summary>Asks one question.</summary>
    /// <param name="request">The request.</param>
    /// <param name="question">The question.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The model's answer, which need not tell how likely its tokens were.</returns>
    public Task<ChatCompletion> AskOnceAsync(DecisionRequest request, ChatQuestion question, CallSettings settings, CancellationToken cancellationToken) =>
        connection.Chat.CompleteAsync(ToChat(request, question), settings, cancellationToken);

    /// <summary>Makes the request for one question.</summary>
    /// <param name="request">The request.</param>
    /// <param name="question">The question.</param>
    /// <returns>The request for chat.</returns>
    public static ChatRequest ToChat(DecisionRequest request, ChatQuestion question) => ChatWords.ToChat(request, new LabelledQuestion(question).Task) with
    {
        LogProbs = true,
        TopLogProbs = LabelledQuestion.Most,
        MaxCompletionTokens = MostTokens,
        Temperature = 0,
    };

    /// <summary>Tells whether an answer says how likely its tokens were.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>Whether it does.</returns>
    public static bool HasProbabilities(ChatCompletion answer) => First(answer) is not null;

    /// <summary>Reads an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="question">What was asked.</param>
    /// <returns>The answer to the question.</returns>
    public static DecisionPart Read(ChatCompletion answer, ChatQuestion question) => ChatWords.ToPart(answer, [Decide(answer, question)], ChatDecisionMethod.LogProbs);

    private static ChatDecisionAnswer Decide(ChatCompletion answer, ChatQuestion question)
    {
        if (answer.Choices[0].Message.Refusal is { Length: > 0 } || answer.FinishReason == "content_filter")
        {
            return AnswerReader.Missing(question, AnswerReader.Refused);
        }

        if (First(answer) is not { } token)
        {
            return AnswerReader.Missing(question, AnswerReader.Undecided);
        }

        LabelledQuestion labelled = new(question);
        double[] shares = new double[labelled.Labels.Count];
        foreach (ChatTokenLogProb each in Alternatives(token))
        {
            if (each.LogProb is { } value && PlaceOf(each.Token, labelled.Labels) is >= 0 and { } place)
            {
                shares[place] += Math.Exp(Math.Min(value, 0));
            }
        }

        double mass = shares.Sum();
        return mass >= LeastMass && PlaceOf(token.Token, labelled.Labels) >= 0
            ? labelled.ToAnswer([.. shares.Select(share => share / mass)], Math.Min(mass, 1))
            : AnswerReader.Missing(question, AnswerReader.Undecided, Math.Min(mass, 1));
    }

    // Some models begin with a blank.
    private static ChatTokenLogProb? First(ChatCompletion answer) => Array.Find(answer.Choices[0].LogProbs, token => Folded(token.Token).Length > 0);

    private static IEnumerable<ChatTokenLogProb> Alternatives(ChatTokenLogProb token)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        return token.Top.Append(token).Where(each => seen.Add(each.Token));
    }

    private static int PlaceOf(string token, IReadOnlyList<string> labels)
    {
        string folded = Folded(token);
        for (int place = 0; place < labels.Count; place++)
        {
            if (string.Equals(folded, labels[place], StringComparison.OrdinalIgnoreCase))
            {
                return place;
            }
        }

        return -1;
    }

    // Tokenizers write a blank before a word as one of these letters.
    private static string Folded(string token) => token.Trim().TrimStart('Ġ', '▁').Trim();
}
