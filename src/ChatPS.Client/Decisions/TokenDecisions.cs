using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Decisions;

/// <summary>Asks a chat model for one label a question, and reads from its token how likely each was.</summary>
/// <param name="connection">The connection.</param>
internal sealed class TokenDecisions(ServiceConnection connection) : IChatDecisions
{
    /// <summary>The most tokens of an answer: one is enough, but OpenAI's Responses take no lower limit.</summary>
    public const int MostTokens = 16;

    private const double LeastMass = 0.5;

    private static readonly char[] Opening = ['"', '\'', '“', '‘', '`', '(', '[', '*'];
    private static readonly char[] Closing = ['"', '\'', '”', '’', '`', ')', ']', '*', '.'];

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
    public static bool HasProbabilities(ChatCompletion answer) => Array.Exists(answer.Choices[0].LogProbs, token => Folded(token.Token).Length > 0);

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

        // A label that a longer text begins with, or that the tokens do not spell, is not the answer.
        LabelledQuestion labelled = new(question);
        int said = PlaceOf(answer.Text, labelled.Labels);
        if (First(answer) is not { } token)
        {
            return AnswerReader.Missing(question, AnswerReader.Undecided);
        }

        double[] shares = new double[labelled.Labels.Count];
        foreach (ChatTokenLogProb each in Alternatives(token))
        {
            if (each.LogProb is { } value && PlaceOf(each.Token, labelled.Labels) is >= 0 and { } place)
            {
                shares[place] += Math.Exp(Math.Min(value, 0));
            }
        }

        double mass = shares.Sum();
        return mass >= LeastMass && Distribution.IsWhole(Math.Max(mass, 1)) && said >= 0 && PlaceOf(token.Token, labelled.Labels) == said
            ? labelled.ToAnswer([.. shares.Select(share => share / mass)], Math.Min(mass, 1))
            : AnswerReader.Missing(question, AnswerReader.Undecided, Math.Min(mass, 1));
    }

    // The token with which the text begins. Some models begin with a blank, and some servers count the tokens of the reasoning before it.
    private static ChatTokenLogProb? First(ChatCompletion answer)
    {
        ChatTokenLogProb[] tokens = answer.Choices[0].LogProbs;
        string text = Folded(answer.Text);
        string rest = "";
        for (int place = tokens.Length - 1; place >= 0 && rest.Length <= answer.Text.Length; place--)
        {
            string token = Folded(tokens[place].Token);
            rest = IsMark(token) ? rest : token + rest;
            if (token.Length > 0 && rest.Length > 0 && Folded(rest) == text)
            {
                return tokens[place];
            }
        }

        return null;
    }

    // What ends a model's turn.
    private static bool IsMark(string token) => token.StartsWith("<", StringComparison.Ordinal) && token.EndsWith(">", StringComparison.Ordinal);

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

    // Tokenizers write a blank before a word as one of these letters, and models put labels in quotes or end them with a full stop.
    private static string Folded(string token) => token.Trim().TrimStart('Ġ', '▁').Trim().TrimStart(Opening).TrimEnd(Closing);
}
