using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

/// <summary>All families in all of their forms.</summary>
internal static class GenerationCases
{
    public static IReadOnlyList<GenerationCase> All { get; } =
    [
        new("Suno") { Form = "Gateway", Kinds = ["audio", "audio"] },
        new("Suno") { Form = "SunoApi", Model = "V5", Kinds = ["audio", "audio"], TellsProgress = false },
        new("Luma") { Form = "Gateway", TellsProgress = false },
        new("Luma") { Form = "Vendor", Model = "sandbox-film", TellsProgress = false },
        new("Runway") { Form = "Gateway", Model = "sandbox-film" },
        new("Runway") { Form = "Vendor", Model = "sandbox-film" },
        new("Runway") { Form = "Comet", Model = "sandbox-film" },
        new("Runway") { Form = "OpenAIHK", Model = "sandbox-film", TellsTimes = false },
        new("Zhipu") { Form = "Gateway", Model = "sandbox-film", TellsProgress = false, TellsTimes = false, TellsWhy = false },
        new("Zhipu") { Form = "Root", Model = "sandbox-film", TellsProgress = false, TellsTimes = false, TellsWhy = false },
        new("Zhipu") { Form = "Vendor", Model = "sandbox-film", TellsProgress = false, TellsTimes = false, TellsWhy = false },
        new("Midjourney") { Kinds = ["image"] },
        new("Video") { Form = "NewApi", Model = "sandbox-film" },
        new("Video") { Form = "NewApi", Model = "sandbox-veo", TellsProgress = false, TellsTimes = false },
        new("Video") { Form = "Create", Model = "sandbox-film", TellsTimes = false },
        new("OpenAIVideo") { Model = "sandbox-film", CanBeEmpty = false },
        new("Kling") { Form = "Gateway" },
        new("Kling") { Form = "Gateway", Action = "Animate", Parameters = [("Image", GenerationPicture.At("https://example.com/fox.png"))] },
        new("Kling") { Form = "Vendor", TellsProgress = false },
        new("Hailuo") { Form = "Gateway", Model = "sandbox-film", TellsProgress = false, TellsTimes = false },
        new("Hailuo") { Form = "Vendor", Model = "sandbox-film", TellsProgress = false, TellsTimes = false },
        new("Hailuo") { Form = "V2", Model = "sandbox-film", TellsProgress = false, TellsTimes = false },
        new("Veo") { Model = "sandbox-veo", TellsProgress = false, TellsTimes = false, HasWords = false },
        new("Vidu") { Form = "Gateway", Model = "sandbox-film", TellsProgress = false, TellsTimes = false },
        new("Vidu") { Form = "Vendor", Model = "sandbox-film", TellsProgress = false, TellsTimes = false },
        new("Seedance") { Form = "Gateway", Model = "sandbox-film", TellsProgress = false },
        new("Seedance") { Form = "Vendor", Model = "sandbox-film", TellsProgress = false },
        new("Jimeng") { Form = "Gateway", Model = "sandbox-film", TellsProgress = false, TellsTimes = false, CanBeEmpty = false },
        new("Jimeng") { Form = "Vendor", Model = "sandbox-film", TellsProgress = false, TellsTimes = false, CanBeEmpty = false },
    ];

    public static TheoryData<string> Names(Func<GenerationCase, bool>? takes = null) => [.. All.Where(takes ?? (_ => true)).Select(item => item.ToString())];

    public static GenerationCase Named(string name) => All.Single(item => item.ToString() == name);
}
