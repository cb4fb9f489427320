using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>What the list of models tells of what a model can do.</summary>
internal static class ModelAbilities
{
    public static Dictionary<string, object?> Of(string model) => Shape.Of(
        ("batch", Is(true)),
        ("citations", Is(true)),
        ("image_input", Is(true)),
        ("pdf_input", Is(true)),
        ("structured_outputs", Is(true)),
        ("effort", ThinkingModel.IsAdaptive(model)
            ? Is(true).With(("low", Is(true)), ("medium", Is(true)), ("high", Is(true)), ("xhigh", Is(true)), ("max", Is(true)))
            : Is(false)),
        ("thinking", Is(true).With(("types", Shape.Of(
            ("adaptive", Is(ThinkingModel.IsAdaptive(model))), ("enabled", Is(ThinkingModel.TakesBudget(model))), ("disabled", Is(true)), ("between_tools", Is(false)))))));

    private static Dictionary<string, object?> Is(bool supported) => Shape.Of(("supported", supported));
}
