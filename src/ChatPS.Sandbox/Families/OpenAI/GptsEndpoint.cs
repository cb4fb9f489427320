using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>ChatGPT's store of GPTs, as gateways serve it: refusals come under status 200.</summary>
internal static class GptsEndpoint
{
    private static readonly (string Id, string Name, string Description, string Author)[] Store =
    [
        ("g-sandbox01", "Weather", "Tells the weather of a town.", "Sandbox"),
        ("g-sandbox02", "Log reader", "Reads logs and tells what went wrong.", "Sandbox"),
        ("g-sandbox03", "Weather maps", "Draws maps of the weather.", "Somebody else"),
    ];

    private static readonly string[] Categories = ["productivity"];

    private static readonly string[] Tags = ["public"];

    public static Answer Search(EndpointCall call) => call.Query["query"] is { Length: > 0 } words
        ? Show(Store.Where(gpt => words.Split(' ').Any(word => (gpt.Name + " " + gpt.Description).IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0))
            .Select(static gpt => (object?)Shape.Of(("id", gpt.Id), ("title", gpt.Name), ("link", Link(gpt.Id, gpt.Name)), ("description", gpt.Description), ("favicon", Picture(gpt.Id))))
            .ToList())
        : Refuse("query is empty");

    public static Answer Get(EndpointCall call) => Array.Find(Store, gpt => gpt.Id == call.Query["id"]) is { Id: not null } found
        ? Show(Shape.Of(("gizmo", Shape.Of(
            ("id", found.Id),
            ("short_url", Slug(found.Id, found.Name)),
            ("author", Shape.Of(("user_id", "user-sandbox"), ("display_name", found.Author), ("link_to", null), ("is_verified", true))),
            ("model", null),
            ("instructions", null),
            ("display", Shape.Of(
                ("name", found.Name),
                ("description", found.Description),
                ("prompt_starters", new[] { "What can you do?", $"Show me {found.Name}." }),
                ("profile_picture_url", Picture(found.Id)),
                ("categories", Categories))),
            ("tags", Tags)))))
        : Refuse("gpts not found");

    private static Answer Show(object data) => Answer.OfJson(Shape.Of(("code", 0), ("msg", "ok"), ("sn", "sandbox"), ("data", data)));

    private static Answer Refuse(string message) => Answer.OfJson(Shape.Of(("code", 1), ("msg", message), ("sn", "sandbox"), ("data", null)));

    private static string Slug(string id, string name) => id + "-" + name.ToLowerInvariant().Replace(' ', '-');

    private static string Link(string id, string name) => "https://chatgpt.com/g/" + Slug(id, name);

    private static string Picture(string id) => $"https://files.example.com/{id}.png";
}
