using ChatPS.Client.Faults;

namespace ChatPS.Client.Completions;

/// <summary>What requests for chat and text completions have in common. A null is not sent.</summary>
public abstract record GenerationRequest
{
    /// <summary>The model; null for the connection's.</summary>
    public string? Model { get; init; }

    /// <summary>The model that the answer tells was asked for, whichever answered in the end.</summary>
    public string? RequestedModel { get; init; }

    /// <summary>0 (focused) to 2 (random).</summary>
    public double? Temperature { get; init; }

    /// <summary>The share of likeliest tokens to choose from, 0 to 1.</summary>
    public double? TopP { get; init; }

    /// <summary>How many answers to give, 1 to 128.</summary>
    public int? N { get; init; }

    /// <summary>Texts that end the answer, at most 4.</summary>
    public IReadOnlyList<string>? Stop { get; init; }

    /// <summary>The most tokens of an answer; for chat, what older models and servers understand.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>-2 to 2: above 0 favours new subjects.</summary>
    public double? PresencePenalty { get; init; }

    /// <summary>-2 to 2: above 0 avoids repetition.</summary>
    public double? FrequencyPenalty { get; init; }

    /// <summary>Token id to bias, -100 to 100.</summary>
    public IReadOnlyDictionary<string, int>? LogitBias { get; init; }

    /// <summary>Asks for the same answer to the same request.</summary>
    public long? Seed { get; init; }

    /// <summary>A hash that tells the service's end users apart.</summary>
    public string? User { get; init; }

    /// <summary>For streams: whether to pad events against eavesdropping on their size.</summary>
    public bool? IncludeObfuscation { get; init; }

    /// <summary>The models that were asked before this one, and failed.</summary>
    public IReadOnlyList<string> FallbackFrom { get; init; } = [];

    /// <summary>What earlier requests of the same item took; the answer counts it in.</summary>
    public Spent Before { get; init; } = Spent.Nothing;

    /// <summary>The pipeline item that the answer will carry as its input.</summary>
    public object? Input { get; init; }

    /// <summary>The place of <see cref="Input"/> in the pipeline, from 0.</summary>
    public int Index { get; init; }

    private protected void ValidateShared()
    {
        ParameterRules.Range(Temperature, 0, 2, "-Temperature");
        ParameterRules.Range(TopP, 0, 1, "-TopP");
        ParameterRules.Range(PresencePenalty, -2, 2, "-PresencePenalty");
        ParameterRules.Range(FrequencyPenalty, -2, 2, "-FrequencyPenalty");
        ParameterRules.Range(N, 1, 128, "-N");
        ParameterRules.Biases(LogitBias);
        ParameterRules.AtMost(Stop?.Count, 4, "-Stop", "texts");
    }
}
