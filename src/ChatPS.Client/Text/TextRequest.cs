using ChatPS.Client.Completions;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Text;

/// <summary>
/// A request to the legacy text completion in plain terms. A null is not sent. Meanings and limits: OpenAI's description of
/// <c>POST /completions</c>.
/// </summary>
public sealed record TextRequest : GenerationRequest
{
    /// <summary>Text, an array of texts, an array of token numbers, or an array of such arrays.</summary>
    public object? Prompt { get; init; }

    /// <summary>How many answers to make, of which the best <see cref="GenerationRequest.N"/> come back; 0 to 20, not with a stream.</summary>
    public int? BestOf { get; init; }

    /// <summary>Whether to repeat the prompt before the answer.</summary>
    public bool? Echo { get; init; }

    /// <summary>How many of the likeliest tokens to tell for each place, 0 to 5.</summary>
    public int? LogProbs { get; init; }

    /// <summary>The text that comes after the answer.</summary>
    public string? Suffix { get; init; }

    /// <summary>Finds values that no service takes, before anything is sent.</summary>
    /// <param name="stream">Whether the answer is to be streamed.</param>
    /// <exception cref="ChatServiceException">A value is out of range; it says which.</exception>
    public void ValidateParameters(bool stream)
    {
        ValidateShared();
        ParameterRules.Range(BestOf, 0, 20, "-BestOf");
        ParameterRules.Range(LogProbs, 0, 5, "-LogProbs");
        ParameterRules.AtLeast(MaxTokens, 0, "-MaxTokens");
        if (BestOf < N)
        {
            throw Failures.Invalid($"-BestOf is {BestOf} and -N is {N}; the best {N} cannot be chosen from fewer.", "Give -BestOf at least the value of -N.");
        }

        if (stream && BestOf is > 1)
        {
            throw Failures.Invalid("-BestOf does not go with -Stream: the best answer is known only at the end.", "Leave out one of the two.");
        }
    }
}
