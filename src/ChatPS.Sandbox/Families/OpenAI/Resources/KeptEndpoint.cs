using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Kept;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Resources;

/// <summary>What is the same for all things that are kept: lists in pages, looks and deletions.</summary>
/// <param name="Store">The things.</param>
/// <param name="Name">What one is called.</param>
/// <param name="Object">What its JSON says that it is.</param>
internal sealed record KeptEndpoint(KeptStore Store, string Name, string Object)
{
    private const int UsualPage = 20;
    private const int LargestPage = 100;

    /// <summary>Finds a thing.</summary>
    public KeptThing Find(string id, string parent = "") =>
        Store.Find(id, parent) ?? throw new ApiException(new ApiError(404, $"No {Name} found with id '{id}'.", ApiError.InvalidRequest, null, null));

    public Answer Show(string id, string parent = "") => Answer.OfJson(Find(id, parent).Shape);

    public Answer Delete(string id, string parent = "")
    {
        Store.Remove(Find(id, parent).Id, parent);
        return Answer.OfJson(Shape.Of(("id", id), ("object", Object + ".deleted"), ("deleted", true)));
    }

    /// <summary>Keeps a thing with some members changed.</summary>
    public Answer Change(KeptThing thing, params (string Name, object? Value)[] members) => Answer.OfJson(Store.Keep(thing with { Shape = thing.Shape.With(members) }).Shape);

    public Answer List(Query query, string parent = "") => Page(query, Store.In(parent));

    /// <summary>A page of things.</summary>
    public static Answer Page(Query query, IEnumerable<KeptThing> things)
    {
        KeptThing[] all = [.. query.Choice("order", "asc", "desc") == "asc" ? things : things.Reverse()];
        int size = query.Integer("limit", 1, LargestPage) ?? UsualPage;
        int start = query["after"] is { } after ? Array.FindIndex(all, thing => thing.Id == after) + 1 : 0;
        int end = query["before"] is { } before && Array.FindIndex(all, thing => thing.Id == before) is var place and >= 0 ? place : all.Length;
        if (query["before"] is not null)
        {
            start = Math.Max(start, end - size);
        }

        KeptThing[] page = [.. all.Skip(start).Take(Math.Min(size, Math.Max(0, end - start)))];
        return Answer.OfJson(Shape.Of(
            ("object", "list"),
            ("data", page.Select(thing => thing.Shape).ToArray()),
            ("first_id", page.FirstOrDefault()?.Id ?? ""),
            ("last_id", page.LastOrDefault()?.Id ?? ""),
            ("has_more", start + page.Length < all.Length)));
    }

    /// <summary>Reads notes.</summary>
    public static object Notes(Fields body)
    {
        ChatRequest.CheckMetadata(body);
        return (object?)body.Object("metadata")?.Clone() ?? new Dictionary<string, object?>(StringComparer.Ordinal);
    }
}
