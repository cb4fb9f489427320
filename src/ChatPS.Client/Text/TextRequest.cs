namespace ChatPS.Client;

/// <summary>
/// A request to the legacy text completion in plain terms. A null is not sent. Meanings and limits: OpenAI's description of
/// <c>POST /completions</c>.
/// </summary>
public sealed record TextRequest
{
    /// <summary>Text, an array of texts, an array of token numbers, or an array of such arrays.</summary>
    public object? Prompt { get; init; }

    /// <summary>The model; null for the connection's.</summary>
    public string? Model { get; init; }

    /// <summary>How many answers to make, of which the best <see cref="N"/> come back; 0 to 20, not with a stream.</summary>
    public int? BestOf { get; init; }

    /// <summary>Whether to repeat the prompt before the answer.</summary>
    public bool? Echo { get; init; }

    /// <summary>-2 to 2: above 0 avoids repetition.</summary>
    public double? FrequencyPenalty { get; init; }

    /// <summary>Token id to bias, -100 to 100.</summary>
    public IReadOnlyDictionary<string, int>? LogitBias { get; init; }

    /// <summary>How many of the likeliest tokens to tell for each place, 0 to 5.</summary>
    public int? LogProbs { get; init; }

    /// <summary>The most tokens of an answer.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>How many answers to give for each prompt, 1 to 128.</summary>
    public int? N { get; init; }

    /// <summary>-2 to 2: above 0 favours new subjects.</summary>
    public double? PresencePenalty { get; init; }

    /// <summary>Asks for the same answer to the same request.</summary>
    public long? Seed { get; init; }

    /// <summary>Texts that end the answer, at most 4.</summary>
    public IReadOnlyList<string>? Stop { get; init; }

    /// <summary>The text that comes after the answer.</summary>
    public string? Suffix { get; init; }

    /// <summary>0 (focused) to 2 (random).</summary>
    public double? Temperature { get; init; }

    /// <summary>The share of likeliest tokens to choose from, 0 to 1.</summary>
    public double? TopP { get; init; }

    /// <summary>A hash that tells the service's end users apart.</summary>
    public string? User { get; init; }

    /// <summary>For streams: whether to pad events against eavesdropping on their size.</summary>
    public bool? IncludeObfuscation { get; init; }

    /// <summary>The pipeline item that the answer will carry as its input.</summary>
    public object? Input { get; init; }

    /// <summary>The place of <see cref="Input"/> in the pipeline, from 0.</summary>
    public int Index { get; init; }

    /// <summary>Finds values that no service takes, before anything is sent.</summary>
    /// <param name="stream">Whether the answer is to be streamed.</param>
    /// <exception cref="ChatServiceException">A value is out of range; it says which.</exception>
    public void ValidateParameters(bool stream)
    {
        ParameterRules.Range(Temperature, 0, 2, "-Temperature");
        ParameterRules.Range(TopP, 0, 1, "-TopP");
        ParameterRules.Range(PresencePenalty, -2, 2, "-PresencePenalty");
        ParameterRules.Range(FrequencyPenalty, -2, 2, "-FrequencyPenalty");
        ParameterRules.Range(N, 1, 128, "-N");
        ParameterRules.Range(BestOf, 0, 20, "-BestOf");
        ParameterRules.Range(LogProbs, 0, 5, "-LogProbs");
        ParameterRules.AtLeast(MaxTokens, 0, "-MaxTokens");
        ParameterRules.Biases(LogitBias);
        ParameterRules.AtMost(Stop?.Count, 4, "-Stop", "texts");
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
