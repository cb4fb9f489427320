using ChatPS.Sandbox.Answers;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>How a model thinks, by its name: one that is called so thinks only adaptively, or only with a budget; all others do both.</summary>
internal static class ThinkingModel
{
    /// <summary>Whether a model takes a budget.</summary>
    /// <param name="model">The name.</param>
    /// <returns>Whether it does.</returns>
    public static bool TakesBudget(string model) => !Is(model, "adaptive");

    /// <summary>Whether a model chooses itself how long to think, and takes an effort.</summary>
    /// <param name="model">The name.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsAdaptive(string model) => !Is(model, "budget");

    /// <summary>Refuses a way to think that a model has not.</summary>
    /// <param name="model">The name.</param>
    /// <param name="type">The way.</param>
    public static void Require(string model, string type)
    {
        if (type == "enabled" && !TakesBudget(model))
        {
            throw new ApiException(Input.Refused("\"thinking.type.enabled\" is not supported for this model. Use \"thinking.type.adaptive\" and \"output_config.effort\" to control thinking behavior."));
        }

        if (type == "adaptive" && !IsAdaptive(model))
        {
            throw new ApiException(Input.Refused("adaptive thinking is not supported on this model"));
        }
    }

    private static bool Is(string model, string word) => model.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
}
